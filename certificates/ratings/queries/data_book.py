"""The figures of the annual data book, counted set-based: as many statements for one year as for five.

People, hours and exam results belong to the unit where the person served when they came about (as recorded
then); classes, sessions, sittings and contests to the unit that ran them. Rehearsals count nowhere.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import ExtractYear
from django.utils import timezone

from certificates.models import CertificateEvent
from certificates.queries.duty import standings
from certificates.queries.outcomes import ABSENT, PASSED, released_candidates, released_sittings
from certificates.ratings.queries.stars import stars_on
from certificates.ratings.rules.data_book import SECTIONS, SHARES, shares
from certificates.state.training import Event
from courses.training.models import HourEntry, RollEntry, Session, Trainee, TrainingClass
from courses.training.queries.attended import COUNTED
from courses.training.queries.bulletin import branches
from courses.training.state import ClassState
from exams.contests.models import MatchResult, Player
from lianbing.people.models import Appointment, Officer, Unit
from lianbing.people.queries import serving_on

Figures = dict[str, Decimal]
Places = dict[int, dict[str, Figures]]  # year -> path of a unit -> what was counted exactly there
COUNTED_FIGURES = (
    *(name for names in SECTIONS.values() for name in names if name not in SHARES),
    "percent_sum",
)


@dataclass(frozen=True)
class Row:
    """One unit with everything below it, in one year. `figures`: every figure of the book; None = nothing to divide by."""

    unit: Unit
    year: int
    figures: dict[str, Decimal | None]


@dataclass(frozen=True)
class DataBook:
    """The whole, its branches, and the whole over the years up to `year`. `day`: the day people are counted on."""

    year: int
    day: datetime.date
    whole: Row
    branches: list[Row]
    trend: list[Row]


def day_of_year(year: int, today: datetime.date) -> datetime.date:
    """The day on which people are counted: the last of the year, or today within the year that runs."""
    return min(datetime.date(year, 12, 31), today)


def data_book(unit: Unit, year: int, *, today: datetime.date, years: int = 5) -> DataBook:
    """The book of a unit and everything below it. A constant number of statements."""
    wanted = list(range(year - years + 1, year + 1))
    days = {one: day_of_year(one, today) for one in wanted}
    places: Places = {one: defaultdict(lambda: dict.fromkeys(COUNTED_FIGURES, Decimal(0))) for one in wanted}
    for fill in (_people, _hours, _events, _exams, _certificates):
        fill(places, unit.path, days)
    _register(places, unit.path, days[year], year)
    return DataBook(
        year=year,
        day=days[year],
        whole=_row(unit, year, places),
        branches=[_row(one, year, places) for one in branches(unit) if one.pk != unit.pk],
        trend=[_row(unit, one, places) for one in wanted],
    )


def _row(unit: Unit, year: int, places: Places) -> Row:
    sums: Figures = dict.fromkeys(COUNTED_FIGURES, Decimal(0))
    for path, figures in places[year].items():
        if path.startswith(unit.path):
            for name, value in figures.items():
                sums[name] += value
    return Row(unit, year, {**sums, **shares(sums)})


def _add(places: Places, rows: Iterable[Sequence[Any]], names: Sequence[str]) -> None:
    """Rows (year, path, figure, figure ...) into their places; years not asked for are left out."""
    for year, path, *values in rows:
        if year in places and path:
            here = places[year][path]
            for name, value in zip(names, values, strict=True):
                here[name] += Decimal(value or 0)


def _people(places: Places, path: str, days: dict[int, datetime.date]) -> None:
    """Who serves on the day of each year, by category, and of whom hours of that year are on record."""
    kinds = {"officers": "officer", "auxiliaries": "auxiliary", "civilians": "civilian"}
    counts = {}
    for year, day in days.items():
        here = serving_on(day) & (Q(officer__left_on=None) | Q(officer__left_on__gt=day))
        for name, category in kinds.items():
            counts[f"{name}_{year}"] = Count("pk", filter=here & Q(officer__category=category))
        counts[f"trained_{year}"] = Count("pk", filter=here & Q(Exists(_hours_of(year))))
    found: Any = _staff(path).order_by().values("unit__path").annotate(**counts)
    names = (*kinds, "trained")
    for year in days:
        _add(
            places, ((year, row["unit__path"], *(row[f"{n}_{year}"] for n in names)) for row in found), names
        )


def _staff(path: str) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        unit__path__startswith=path, officer__merged_into=None, officer__user__is_rehearsal=False
    )


def _hours_of(year: int) -> QuerySet[Any]:
    """Hours of a year that somebody has in sum, under the record people use now or one merged into it."""
    own = Q(officer=OuterRef("officer")) | Q(officer__merged_into=OuterRef("officer"))
    return (
        HourEntry.objects.filter(own, year=year)
        .order_by()
        .values("year")
        .annotate(sum=Sum("hours"))
        .filter(sum__gt=0)
    )


def _hours(places: Places, path: str, days: dict[int, datetime.date]) -> None:
    rows = (
        HourEntry.objects.filter(unit__path__startswith=path, year__in=days)
        .order_by()
        .values_list("year", "unit__path")
        .annotate(sum=Sum("hours"))
    )
    _add(places, rows, ["hours"])


def _events(places: Places, path: str, days: dict[int, datetime.date]) -> None:
    """Everything that is simply counted by year and unit: one statement for all of it."""
    first, *others = [
        rows.order_by()
        .annotate(what=Value(what), y=ExtractYear(moment), where=F(where))
        .values("what", "y", "where")
        .annotate(n=Count(counted, distinct=counted != "pk"))
        .values_list("what", "y", "where", "n")
        for what, rows, moment, where, counted in _counted(path, list(days))
    ]
    for what, year, where, count in first.union(*others, all=True):
        _add(places, [(year, where, count)], [what])


def _counted(path: str, years: list[int]) -> list[tuple[str, QuerySet[Any], str, str, str]]:
    """Figure, rows, what dates them, whose they are, what is counted.

    Classes that ended in a year; whoever was enrolled in a batch that ended then, and who completed it; closed
    sessions and presences; sittings released; matches confirmed, and players once a year and organiser.
    """
    below = Q(unit__path__startswith=path)
    held = TrainingClass.objects.exclude(state__in=[ClassState.DRAFT, ClassState.CANCELLED])
    trainees = Trainee.objects.filter(below, training_class__in=held, batch__ends_on__year__in=years).exclude(
        state=Trainee.State.WITHDRAWN
    )
    closed = Session.objects.filter(state=Session.State.CLOSED, starts_at__year__in=years)
    here = RollEntry.objects.filter(below, state__in=COUNTED, session__in=closed)
    confirmed = MatchResult.objects.filter(
        match__contest__unit__path__startswith=path,
        match__contest__is_rehearsal=False,
        confirmed_at__year__in=years,
    )
    players = Player.objects.filter(team__results__in=confirmed.values("pk")).exclude(officer=None)
    sittings = released_sittings().filter(below, released_at__year__in=years)
    ran = "match__contest__unit__path"
    return [
        ("classes", held.filter(below, ends_on__year__in=years), "ends_on", "unit__path", "pk"),
        ("trainees", trainees, "batch__ends_on", "unit__path", "pk"),
        ("completed", trainees.filter(state=Trainee.State.FINISHED), "batch__ends_on", "unit__path", "pk"),
        ("sessions", closed.filter(below), "starts_at", "unit__path", "pk"),
        ("presences", here, "session__starts_at", "unit__path", "pk"),
        ("sittings", sittings, "released_at", "unit__path", "pk"),
        ("matches", confirmed, "confirmed_at", ran, "match"),
        ("players", players, "team__results__confirmed_at", "team__contest__unit__path", "officer"),
    ]


def _exams(places: Places, path: str, days: dict[int, datetime.date]) -> None:
    """What came of whoever was invited to a sitting released in a year; results in per cent of the full marks."""
    rows = (
        released_candidates()
        .filter(unit__path__startswith=path, sitting__released_at__year__in=list(days))
        .order_by()
        .annotate(y=ExtractYear("sitting__released_at"), percent=F("score") * 100 / F("full_marks"))
        .values_list("y", "unit__path")
        .annotate(
            n=Count("pk"),
            sat=Count("pk", filter=~Q(outcome=ABSENT)),
            passed=Count("pk", filter=Q(outcome=PASSED)),
            sum=Sum("percent"),
        )
    )
    _add(places, rows, ["invited", "sat", "passed", "percent_sum"])


def _certificates(places: Places, path: str, days: dict[int, datetime.date]) -> None:
    """Training certificates issued and revoked in a year, of people who serve here on the day of that year."""
    rows = list(
        CertificateEvent.objects.filter(
            at__year__in=list(days), certificate__officer__user__is_rehearsal=False
        )
        .order_by()
        .annotate(y=ExtractYear("at"))
        .values_list("y", "certificate__officer")
        .annotate(
            issued=Count("pk", filter=Q(kind=Event.ISSUED.value)),
            revoked=Count("pk", filter=Q(kind=Event.REVOKED.value)),
        )
    )
    where = _places_of({officer for _year, officer, *_ in rows}, path, days)
    _add(places, ((y, where.get((y, who), ""), *n) for y, who, *n in rows), ["issued", "revoked"])


def _places_of(officers: set[int], path: str, days: dict[int, datetime.date]) -> dict[tuple[int, int], str]:
    """(year, officer) -> the path of the unit where they serve on the day of the year."""
    rows = (
        _staff(path).filter(officer__in=officers).values_list("officer", "unit__path", "starts_on", "ends_on")
    )
    return {
        (year, officer): where
        for officer, where, begin, end in rows
        for year, day in days.items()
        if begin <= day and (end is None or end > day)
    }


def _register(places: Places, path: str, day: datetime.date, year: int) -> None:
    """Of the officers on the day: who has an enforcement certificate, who is on duty by it, who holds which star."""
    officers = dict(
        _staff(path)
        .filter(serving_on(day), officer__category=Officer.Category.OFFICER.value)
        .filter(Q(officer__left_on=None) | Q(officer__left_on__gt=day))
        .values_list("officer", "unit__path")
    )
    evening = timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))
    for pk, duty in standings(list(officers), evening).items():
        row = (year, officers[pk], bool(duty.certificate_no), duty.on_duty)
        _add(places, [row], ["holders", "on_duty"])
    for pk, star in stars_on(list(officers), day).items():
        if star.level:
            _add(places, [(year, officers[pk], 1)], [f"star_{star.level}"])
