"""Who is on duty: read live from the register, never cached, so that a suspension shows at once everywhere.

On duty = the certificate is in force on the day (a review that is due stops nobody unless the province's
rules say so), the holder is an enforcement officer and has not left. The SQL of `with_duty` and the pure
`state.enforcement` say the same; a test holds the two together.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import Exact, GreaterThan, LessThan

from certificates.models import DutyPost, EnforcementCertificate, EnforcementEvent, EnforcementRules
from certificates.queries.enforcement_rules import in_force
from certificates.rules.enforcement import (
    ProvinceRules,
    first_base_not_due,
    stops_for_review,
)
from certificates.state.enforcement import Holding, State, on_duty, replay, standing, standing_of
from lianbing.people.models import Officer
from lianbing.people.queries import appointments_in, day_of

NONE = "none"
REVIEW_OVERDUE = "review_overdue"


@dataclass(frozen=True)
class Duty:
    """How one person stands. `why` says in a code why not on duty, "" when on duty (WHY_LABELS has the words)."""

    state: State
    on_duty: bool
    certificate_no: str
    valid_until: datetime.date | None
    first_issued_on: datetime.date | None
    why: str
    uid: str = ""
    since: datetime.date | None = None


def standings(officer_ids: Collection[int], at: datetime.datetime) -> dict[int, Duty]:
    """How each of these people stands at a moment. Everybody asked for is in the answer.

    At most four statements however many there are: a past day is answered from the events up to it. A record merged into another
    stands as the one that was kept.
    """
    ids, day, rules = list(officer_ids), day_of(at), in_force()
    people = {
        one.pk: one
        for one in Officer.objects.filter(Q(pk__in=ids) | Q(merged_from__in=ids))
        .only("pk", "category", "left_on", "merged_into")
        .distinct()
    }
    holdings = _holdings(people)
    past = _past([row for row in holdings.values() if row.last_on and row.last_on > day], day)
    found = {}
    for pk in ids:
        person = people.get(pk)
        kept = people.get(person.merged_into_id, person) if person and person.merged_into_id else person
        if kept is not None:
            holding = holdings.get(kept.pk)
            found[pk] = _duty(kept, holding, past.get(holding.pk) if holding else None, day, rules)
    return found


def _holdings(people: dict[int, Officer]) -> dict[int, EnforcementCertificate]:
    """The holding of each kept record: its own, else that of a record merged into it."""
    rows = EnforcementCertificate.objects.filter(
        Q(officer__in=people) | Q(officer__merged_into__in=people)
    ).annotate(kept=Coalesce("officer__merged_into", "officer"))
    found: dict[int, EnforcementCertificate] = {}
    for row in rows.order_by("pk"):
        kept: int = row.kept
        if kept not in found or row.officer_id == kept:
            found[kept] = row
    return found


def _past(rows: Iterable[EnforcementCertificate], day: datetime.date) -> dict[int, Holding]:
    """The holdings as of an earlier day, from their events: for those that changed since. None costs nothing."""
    ids = [row.pk for row in rows]
    if not ids:
        return {}
    events = defaultdict(list)
    for row in EnforcementEvent.objects.filter(certificate__in=ids, on__lte=day).order_by("number"):
        events[row.certificate_id].append(row.as_event())
    return {pk: replay(events[pk]) for pk in ids}


def _duty(
    officer: Officer,
    row: EnforcementCertificate | None,
    past: Holding | None,
    day: datetime.date,
    rules: ProvinceRules,
) -> Duty:
    if row is None or (past is not None and not past.events):
        return Duty(State.NOT_APPLIED, False, "", None, None, _barred(officer, day) or NONE)
    if past is not None:
        state, newest = standing(past, day, rules), past.newest
        base, since, first = past.review_base_on, past.since, past.first_issued_on
        number, until = (newest.number, newest.valid_until) if newest else ("", None)
    else:
        state, base, since = state_of(row, day, rules), row.review_base_on, row.since
        number, until, first = row.certificate_no, row.valid_until, row.first_issued_on
    why = _barred(officer, day) or ("" if on_duty(state, base, day, rules) else _why(state, base, day, rules))
    return Duty(state, not why, number, until, first, why, str(row.uid), since)


def state_of(row: EnforcementCertificate, day: datetime.date, rules: ProvinceRules) -> State:
    """The state of a holding on a day not before its last event."""
    if row.state != State.ACTIVE or row.covered_from is None or row.valid_until is None:
        return State(row.state)
    return standing_of(
        covered_from=row.covered_from,
        valid_until=row.valid_until,
        review_base_on=row.review_base_on,
        day=day,
        rules=rules,
    )


def _barred(officer: Officer, day: datetime.date) -> str:
    if officer.left_on is not None and officer.left_on <= day:
        return "left"
    return "" if officer.category == Officer.Category.OFFICER else str(officer.category)


def _why(state: State, base: datetime.date | None, day: datetime.date, rules: ProvinceRules) -> str:
    if state is State.DUE_FOR_REVIEW and stops_for_review(base, day, rules):
        return REVIEW_OVERDUE
    return NONE if state is State.NOT_APPLIED else state.value


def with_state(day: datetime.date, rules: ProvinceRules | None) -> QuerySet[Any]:
    """Holdings with `standing` (a State) and `why` not good for duty ("" = good) on a day, as SQL.

    Without `rules` it is not asked whether a review is due (ACTIVE stands for DUE_FOR_REVIEW), and whether
    an overdue one ends duty is asked of the newest version of the rules in the same statement.
    """
    return EnforcementCertificate.objects.annotate(
        standing=_standing("", day, rules), why=_reason("", day, rules)
    )


def _standing(prefix: str, day: datetime.date, rules: ProvinceRules | None) -> Case:
    """The state on a day of the holding found under `prefix`."""
    cases = _by_time(prefix, day)
    due = first_base_not_due(day, rules) if rules is not None else None
    if due is not None:
        late = _at(prefix, state=State.ACTIVE.value, review_base_on__lt=due)
        cases.append(When(late, then=Value(State.DUE_FOR_REVIEW.value)))
    return Case(*cases, default=F(f"{prefix}state"), output_field=CharField())


def _reason(prefix: str, day: datetime.date, rules: ProvinceRules | None) -> Case:
    """Why the holding found under `prefix` is good for no duty on a day; "" = it is good."""
    good = _at(prefix, state=State.ACTIVE.value, valid_until__gte=day, covered_from__lte=day)
    return Case(
        When(good & _overdue(prefix, day, rules), then=Value(REVIEW_OVERDUE)),
        When(good, then=Value("")),
        When(_at(prefix, state=State.NOT_APPLIED.value), then=Value(NONE)),
        *_by_time(prefix, day),
        default=F(f"{prefix}state"),
        output_field=CharField(),
    )


def _at(prefix: str, **conditions: Any) -> Q:
    return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})


def _by_time(prefix: str, day: datetime.date) -> list[When]:
    """What time alone makes of a holding stored as ACTIVE."""
    held = _at(prefix, state=State.ACTIVE.value)
    return [
        When(held & _at(prefix, valid_until__lt=day), then=Value(State.EXPIRED.value)),
        When(held & _at(prefix, covered_from__gt=day), then=Value(State.EXAM_PASSED.value)),
    ]


def _overdue(prefix: str, day: datetime.date, rules: ProvinceRules | None) -> Q:
    """The last review lies more than the rules' `stop_months` back; never true where that is None.

    In whole months and days of the month, which says the same as the sum of months: a base on the 31st ends
    on the last day of a shorter month, and no day of that month is later.
    """
    newest = EnforcementRules.objects.order_by("-number").values("stop_months")[:1]
    asked: Any = Value(rules.stop_months) if rules is not None else Subquery(newest)
    limit, base = Cast(asked, IntegerField()), f"{prefix}review_base_on"
    months = Value(day.year * 12 + day.month) - (ExtractYear(base) * 12 + ExtractMonth(base))
    same = Q(Exact(months, limit)) & Q(LessThan(ExtractDay(base), day.day))
    return Q(GreaterThan(months, limit)) | same


def with_duty(appointments: QuerySet[Any], day: datetime.date, rules: ProvinceRules | None) -> QuerySet[Any]:
    """Appointments with `standing`, `certificate_no`, `valid_until`, `certificate_uid`, `since` and `why` ("" = on duty)."""
    return _standing_of(appointments, "officer", "officer__category", day, rules)


def people_with_duty(officers: QuerySet[Any], day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    """Officers with the same. Who has left is answered by their certificate alone."""
    return _standing_of(officers, "pk", "category", day, rules)


def _standing_of(
    found: QuerySet[Any], who: str, category: str, day: datetime.date, rules: ProvinceRules | None
) -> QuerySet[Any]:
    own = f"{who}__enforcement_certificate__" if who != "pk" else "enforcement_certificate__"
    brought = with_state(day, rules).filter(officer__merged_into=OuterRef(who)).order_by("pk")

    def either(mine: Any, name: str) -> Case:
        """Of the own entry, else of the one a merged record brought."""
        has = Q(**{f"{own}pk__isnull": False})
        return Case(When(has, then=mine), default=Subquery(brought.values(name)[:1]))

    found = found.annotate(
        standing=Coalesce(either(_standing(own, day, rules), "standing"), Value(State.NOT_APPLIED.value)),
        held=Coalesce(either(_reason(own, day, rules), "why"), Value(NONE)),
        certificate_no=either(F(f"{own}certificate_no"), "certificate_no"),
        certificate_uid=either(F(f"{own}uid"), "uid"),
        valid_until=either(F(f"{own}valid_until"), "valid_until"),
        since=either(F(f"{own}since"), "since"),
    )
    return found.annotate(
        why=Case(
            When(~Q(**{category: Officer.Category.OFFICER.value}), then=F(category)),
            default=F("held"),
            output_field=CharField(),
        )
    )


def on_enforcement(
    unit_paths: list[str], on: datetime.date, rules: ProvinceRules | None = None
) -> QuerySet[Any]:
    """The appointments on posts that ask for enforcement, with what `with_duty` adds. Rehearsals are not among them.

    One statement; without `rules` a review that is due is not told apart (see `with_state`).
    """
    found = appointments_in(unit_paths, on).filter(
        post__in=DutyPost.posts_of(DutyPost.Duty.ENFORCEMENT), officer__user__is_rehearsal=False
    )
    return with_duty(found, on, rules)


def posted_without(
    unit_paths: list[str], on: datetime.date, rules: ProvinceRules | None = None
) -> QuerySet[Any]:
    """Who is posted on enforcement in these subtrees and is not on duty, with `why`: what raises the alarm."""
    return on_enforcement(unit_paths, on, rules).exclude(why="")
