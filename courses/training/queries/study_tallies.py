"""How often everybody attended what the study rules count, counted in the database.

`courses.training.rules.study` decides; a test holds the two together.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from courses.training.models import AttendanceEvent, RollEntry, Session
from courses.training.queries.study_rules import Applied, midnight
from courses.training.rules import study
from courses.training.rules.study_periods import Period

# The minutes of a session while only its kind and category are asked about: those of a person come later.
ENOUGH = 10_000
REMEMBERED = 120


Tally = dict[int, tuple[list[int], bool]]


@dataclass(frozen=True)
class _Meeting:
    """A closed session as the rules ask about it."""

    pk: int
    on: datetime.date
    event: study.Event


def _meetings(first: datetime.date, last: datetime.date) -> list[_Meeting]:
    """The closed sessions of these days. One statement."""
    rows = Session.objects.filter(
        state=Session.State.CLOSED,
        starts_at__gte=midnight(first),
        starts_at__lt=midnight(last + datetime.timedelta(days=1)),
    )
    fields = ("pk", "starts_at", "kind", "category__code", "batch__training_class__kind")
    return [
        _Meeting(pk, day := timezone.localtime(at).date(), _event(f"session:{pk}", day, kind, code, group))
        for pk, at, kind, code, group in rows.order_by().values_list(*fields)
    ]


def _event(
    key: str,
    on: datetime.date,
    kind: str,
    code: str,
    group: str | None,
    minutes: int = ENOUGH,
    state: str = study.PRESENT,
) -> study.Event:
    return study.Event(key, on, kind, code, minutes, group == "topical", state)


def _made_up(first: datetime.date, last: datetime.date) -> dict[int, list[study.Event]]:
    """What was made up on these days, by officer: it counts on its own day. One statement."""
    rows = RollEntry.objects.filter(
        made_up_on__gte=first, made_up_on__lte=last, minutes__gt=0, session__state=Session.State.CLOSED
    )
    fields = ("officer", "session", "made_up_on", "session__kind", "session__category__code")
    more = ("session__batch__training_class__kind", "minutes", "state")
    found: dict[int, list[study.Event]] = {}
    for officer, session, on, kind, code, group, minutes, state in rows.values_list(*fields, *more):
        event = _event(f"session:{session}", on, kind, code, group, minutes, state)
        found.setdefault(officer, []).append(event)
    return found


def tallies(rules: Sequence[Applied]) -> dict[int, Tally]:
    """For each rule and officer: how many of each part, and whether they are excused.

    It is remembered for as long as no roll changes, at most two minutes: a year of six hundred people is
    some sixty thousand rows. Two statements then; else four and one for every kind of period.
    """
    if not rules:
        return {}
    if not all(one.key for one in rules):
        return _counted(rules)
    key = f"study:{_fingerprint(rules)}"
    found: dict[int, Tally] | None = cache.get(key)
    if found is None:
        found = _counted(rules)
        cache.set(key, found, REMEMBERED)
    return found


def _fingerprint(rules: Sequence[Applied]) -> str:
    """What the counts of these rules follow from: the rules themselves, and how far the rolls have grown."""
    first, on = min(one.period.first for one in rules), rules[0].on
    rolls = Session.objects.filter(
        state=Session.State.CLOSED,
        starts_at__gte=midnight(first),
        starts_at__lt=midnight(on + datetime.timedelta(days=1)),
    ).aggregate(sessions=Count("pk"), closed=Max("roll__closed_at"), closings=Sum("roll__closings"))
    last = AttendanceEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    asked = [(one.key, one.period.key, [sorted(part.codes) for part in one.rule.parts]) for one in rules]
    return hashlib.sha256(repr([asked, on, sorted(rolls.items()), last]).encode()).hexdigest()


def _counted(rules: Sequence[Applied]) -> dict[int, Tally]:
    """The tallies as the database counts them. Two statements and one for every kind of period."""
    first, on = min(one.period.first for one in rules), rules[0].on
    meetings = _meetings(first, on)
    periods: dict[Period, list[Applied]] = {}
    for one in rules:
        periods.setdefault(one.period, []).append(one)
    found: dict[int, Tally] = {}
    for period, group in periods.items():
        inside = [one for one in meetings if period.first <= one.on <= min(period.last, on)]
        found |= _tally(group, inside)
    for officer, events in _made_up(first, on).items():
        for one in rules:
            more = study.done_in(one.rule, one.period, events)
            done, _excused = found[one.key].get(officer, ([0] * len(more), False))
            total = [a + b for a, b in zip(done, more, strict=True)]
            found[one.key][officer] = (total, _excused and not any(more))
    return found


def _tally(group: list[Applied], meetings: list[_Meeting]) -> dict[int, Tally]:
    """The counts of one period, from the sessions that are in it. One statement."""
    rows = RollEntry.objects.filter(session__in=[one.pk for one in meetings])
    names = [(one, [f"n{one.key}_{at}" for at in range(len(one.rule.parts))]) for one in group]
    asked = {
        name: Count("pk", filter=_counting(one.rule, part, meetings))
        for one, part_names in names
        for name, part in zip(part_names, one.rule.parts, strict=True)
    }
    asked |= {
        "expected_": Count("pk", filter=Q(expected=True)),
        "leave_": Count("pk", filter=Q(expected=True, state="leave")),
    }
    found: dict[int, Tally] = {one.key: {} for one in group}
    counted: Any = rows.order_by().values("officer").annotate(**asked)
    for row in counted:
        excused = study.is_excused(row["expected_"], row["leave_"])
        for one, part_names in names:
            found[one.key][row["officer"]] = ([row[name] for name in part_names], excused)
    return found


def _counting(rule: study.Rule, part: study.Part, meetings: list[_Meeting]) -> Q:
    """`study.counts` and the part's categories as a condition on a roll entry of these sessions."""
    ready = replace(rule, states=frozenset({study.PRESENT}))
    fit = [
        one.pk
        for one in meetings
        if study.counts(ready, one.event) and (not part.codes or one.event.category in part.codes)
    ]
    there = Q(made_up_on=None, state__in=rule.states, minutes__gte=max(rule.minimum_minutes, 1))
    return there if len(fit) == len(meetings) else there & Q(session__in=fit)
