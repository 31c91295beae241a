"""Reading the register of enforcement certificates: its list, its counts, one entry with its history."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from certificates.models import DutyPost, EnforcementCertificate, EnforcementEvent, EnforcementRefusal
from certificates.queries.duty import people_with_duty, posted_without
from certificates.rules.enforcement import ProvinceRules
from certificates.rules.validity import add_months
from certificates.state.enforcement import State
from lianbing.people.models import Appointment, Officer, Post, Unit
from lianbing.people.queries import identities, officers_in, serving_on

ON_DUTY, ENDING, OFF_DUTY, WITHOUT = "on_duty", "ending", "off_duty", "without"
# Held, but good for no duty just now: somebody must act.
STOPPED = (State.SUSPENDED, State.WITHDRAWN, State.EXPIRED, State.LOST)
# No certificate yet, or none any more.
NEVER = (State.NOT_APPLIED, State.TRAINING, State.EXAM_PASSED, State.REVOKED, State.CANCELLED)
GROUPS: dict[str, tuple[State, ...]] = {OFF_DUTY: STOPPED, WITHOUT: NEVER}


@dataclass(frozen=True)
class Asked:
    """What was asked of the register. `scopes` are the reader's; `state` a State or one of the groups.

    `ends_within` counts months and means certificates in force; `left` asks for those who serve no more.
    """

    scopes: tuple[str, ...]
    unit_path: str = ""
    state: str = ""
    ends_within: int | None = None
    text: str = ""
    left: bool = False


def register(asked: Asked, day: datetime.date, rules: ProvinceRules) -> QuerySet[Any]:
    """Everybody asked for but for their state, each with what `people_with_duty` adds and `ending`.

    Enforcement officers, and whoever else holds or held a certificate. `ending`: it ends within the longest
    span of warning. Found by number, name, staff number and badge.
    """
    found = officers_in(list(asked.scopes), day, unit_path=asked.unit_path, left=asked.left)
    found = people_with_duty(found.filter(user__is_rehearsal=False), day, rules)
    found = found.filter(Q(category=Officer.Category.OFFICER) | ~Q(standing=State.NOT_APPLIED.value))
    if asked.text:
        found = found.filter(
            Q(name__icontains=asked.text)
            | Q(staff_number__icontains=asked.text)
            | Q(badge_number__icontains=asked.text)
            | Q(certificate_no__icontains=asked.text)
        )
    soon = add_months(day, max(rules.warn_months, default=0))
    return found.annotate(
        ending=Case(
            When(why="", valid_until__lte=soon, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )


def chosen(found: QuerySet[Any], asked: Asked, day: datetime.date) -> QuerySet[Any]:
    """Of `register`, those in the state asked for and ending within the months asked for."""
    if asked.ends_within is not None:
        found = found.filter(why="", valid_until__lte=add_months(day, asked.ends_within))
    if asked.state == ON_DUTY:
        return found.filter(why="")
    if asked.state == ENDING:
        return found.filter(ending=True)
    if asked.state in GROUPS:
        return found.filter(standing__in=[state.value for state in GROUPS[asked.state]])
    return found.filter(standing=asked.state) if asked.state else found


def counts(found: QuerySet[Any]) -> Counter[str]:
    """How many there are (`people`), of each state and each group. One statement."""
    totals: Counter[str] = Counter()
    rows = found.order_by().values_list("standing", "why", "ending").annotate(n=Count("pk"))
    for standing, why, ending, n in rows:
        totals["people"] += n
        totals[standing] += n
        totals[ON_DUTY] += n if why == "" else 0
        totals[ENDING] += n if ending else 0
        for group, states in GROUPS.items():
            totals[group] += n if standing in states else 0
    return totals


def by_uid(uid: uuid.UUID) -> EnforcementCertificate | None:
    """An entry with its person, or None."""
    return EnforcementCertificate.objects.filter(uid=uid).select_related("officer__merged_into").first()


def of_officer(officer: Officer) -> EnforcementCertificate | None:
    """The entry of a person, under whichever of their records it stands; their own first. Two statements."""
    found = EnforcementCertificate.objects.filter(officer__in=identities(officer)).select_related("officer")
    rows = list(found.order_by("pk"))
    return next((row for row in rows if row.officer_id == officer.pk), rows[0] if rows else None)


def own(officer_id: int) -> EnforcementCertificate | None:
    """The entry of the person behind an account, under whichever of their records it stands. One statement."""
    mine = Q(officer=officer_id) | Q(officer__merged_into=officer_id) | Q(officer__merged_from=officer_id)
    found = EnforcementCertificate.objects.filter(mine).select_related("officer")
    return found.order_by(F("officer__merged_into").asc(nulls_first=True), "pk").first()


def history(row: EnforcementCertificate) -> list[EnforcementEvent]:
    """What happened to it, in the order of recording."""
    return list(row.events.order_by("number"))


def alarms(unit_paths: list[str], day: datetime.date, rules: ProvinceRules | None = None) -> QuerySet[Any]:
    """Who is posted on enforcement and not on duty, each with `total`, how many there are. One statement with `rules`."""
    return posted_without(unit_paths, day, rules).annotate(total=Window(Count("pk")))


def refusals(unit_paths: list[str], day: datetime.date) -> QuerySet[EnforcementRefusal]:
    """Who of these units was refused, newest first; for the whole bureau everybody."""
    found = EnforcementRefusal.objects.select_related("officer")
    if any(len(path) <= Unit.steplen for path in unit_paths):
        return found
    inside = officers_in(unit_paths, day) | officers_in(unit_paths, day, left=True)
    return found.filter(officer__in=inside.order_by().values("pk"))


def posts(day: datetime.date) -> QuerySet[Any]:
    """Every post with `duty` ("" = nothing asked) and `people`, how many serve on it on a day. One statement."""
    serving = Appointment.objects.filter(serving_on(day), officer__merged_into=None, post=OuterRef("pk"))
    number = serving.order_by().values("post").annotate(n=Count("pk")).values("n")
    return (
        Post.objects.select_related("duty_post")
        .annotate(people=Coalesce(Subquery(number), Value(0)))
        .order_by("name")
    )


def marks_posts() -> bool:
    """Whether any post is marked as asking for enforcement: until then no alarm can be raised."""
    return DutyPost.objects.filter(duty=DutyPost.Duty.ENFORCEMENT).exists()
