"""How far people are in a year: their target, what they have done, what is missing."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.queries.audience import persons
from courses.rules.audience import Audience, Person, from_json, matches
from courses.training.models import YearTarget
from courses.training.queries.hours import Totals, law_categories, sums
from courses.training.rules.targets import Done, Standing, Target, standing

ZERO = Decimal(0)
Asked = tuple[YearTarget, Audience | None, Target]  # None: everybody is meant


@dataclass(frozen=True)
class YearStanding:
    """One person's year. `target` and `standing` are None where no target fits them."""

    officer_id: int
    totals: Totals
    done: Done
    stored: YearTarget | None
    target: Target | None
    standing: Standing | None

    @property
    def lacking(self) -> bool:
        """Whether something is missing."""
        return self.standing is not None and not self.standing.met


def rules_of(stored: YearTarget) -> Target:
    """A stored target as the rules see it."""
    return Target(
        hours=stored.hours,
        law_hours=stored.law_hours,
        online_percent=stored.online_percent,
        days=stored.days,
        either=stored.either,
        carry_most=stored.carry_most,
    )


def targets_of(year: int) -> list[YearTarget]:
    """The targets of a year, the one asked first being first. One statement."""
    return list(YearTarget.objects.filter(year=year).order_by("position", "pk"))


def report_day(year: int, today: datetime.date, as_of: datetime.date | None = None) -> datetime.date:
    """The day on which people are where they are counted: the last day of the year, else today (or as of)."""
    return min(datetime.date(year, 12, 31), as_of or today)


def standings(
    officer_pks: Collection[int], year: int, on: datetime.date, as_of: datetime.date | None = None
) -> dict[int, YearStanding]:
    """Each of these people's year, as they serve on `on`. At most seven statements (`totals` has the kinds).

    Whoever serves nowhere on that day has no target.
    """
    stored = targets_of(year)
    people = persons(on, officer_pks) if any(row.audience for row in stored) else None
    laws = _laws(stored)
    found = sums(officer_pks, year, as_of, list(laws.values()))
    place = {codes: number for number, codes in enumerate(laws)}
    asked = [_asked(row) for row in stored]
    return {pk: _standing_of(pk, *found[pk], asked, (people or {}).get(pk), place) for pk in officer_pks}


def _asked(row: YearTarget) -> Asked:
    audience = from_json(row.audience)
    return row, None if audience.is_everybody else audience, rules_of(row)


def _laws(stored: Sequence[YearTarget]) -> dict[tuple[str, ...], frozenset[int]]:
    """The ids of the categories that count as law, by the codes a target names. One statement each."""
    codes = {tuple(row.law_codes) for row in stored if row.law_hours}
    return {one: law_categories(one) for one in sorted(codes)}


def _standing_of(
    pk: int,
    mine: Totals,
    law: Sequence[Decimal],
    asked: Iterable[Asked],
    person: Person | None,
    place: Mapping[tuple[str, ...], int],
) -> YearStanding:
    fits = next((one for one in asked if _fits(one[1], person)), None)
    if fits is None:
        done = Done(mine.hours, ZERO, mine.online, mine.carried, mine.days)
        return YearStanding(pk, mine, done, None, None, None)
    stored, _audience, target = fits
    at = place.get(tuple(stored.law_codes))
    done = Done(mine.hours, ZERO if at is None else law[at], mine.online, mine.carried, mine.days)
    return YearStanding(pk, mine, done, stored, target, standing(target, done))


def _fits(audience: Audience | None, person: Person | None) -> bool:
    return audience is None or (person is not None and matches(audience, person))
