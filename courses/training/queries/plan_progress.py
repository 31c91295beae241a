"""Plan against done: what closed sessions and accepted external training amount to, line by line.

A dozen statements whatever the number of plans, lines and sessions.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce, Substr

from courses.training.models import (
    External,
    HourEntry,
    PlanLine,
    RollEntry,
    Session,
    TrainingClass,
    TrainingPlan,
)
from courses.training.queries.plans import inside
from courses.training.rules.plans import Done, Event, Measure, done, overdue, plan_percent, subtree
from courses.training.state import ExternalState, PlanState
from lianbing.people.models import Appointment
from lianbing.people.queries import serving_on

UUID_LENGTH = 36
PERSON = Coalesce("officer__merged_into_id", "officer_id")


@dataclass(frozen=True)
class LineStanding:
    """Where a line stands: what is done, whether it is overdue, and from how many events that follows."""

    line: PlanLine
    done: Done
    overdue: bool
    events: int
    spent: Decimal


@dataclass(frozen=True)
class PlanStanding:
    """Where a plan stands: its lines, how far it is done (%), what was planned and spent in yuan.

    `spent` is of the classes and external training held for its own lines, not for lines that hang on them.
    """

    plan: TrainingPlan
    lines: list[LineStanding] = field(default_factory=list)

    @property
    def percent(self) -> Decimal:
        return plan_percent(line.done for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.overdue for line in self.lines)

    @property
    def planned(self) -> Decimal:
        return sum((row.line.cost_planned for row in self.lines), Decimal(0))

    @property
    def spent(self) -> Decimal:
        return sum((row.spent for row in self.lines), Decimal(0))


@dataclass(frozen=True)
class _Keys:
    """The lines of a year: which line hangs on which, and which rows (versions) are which line."""

    parents: dict[str, str | None]
    row_keys: dict[int, str]

    def of(self, wanted: Collection[str]) -> set[int]:
        return {row for row, key in self.row_keys.items() if key in wanted}


class _Session(NamedTuple):
    """A session that is closed or to come: `course` is its class, `line` the row of the line it is for."""

    pk: int
    uid: uuid.UUID
    state: str
    course: int | None
    line: int


class _External(NamedTuple):
    """An external training accepted, of a person, for a line."""

    uid: uuid.UUID
    person: int
    course: int | None
    line: int
    cost: Decimal | None


class _Happened(NamedTuple):
    """What happened for some lines."""

    sessions: list[_Session]
    externals: list[_External]


def standings(plans: Sequence[TrainingPlan], today: datetime.date) -> list[PlanStanding]:
    """Where these plans stand today. They are plans of one year, with their units."""
    if not plans:
        return []
    found = PlanLine.objects.filter(plan__in=plans).select_related("owner", "category")
    lines = list(found.order_by("position", "pk"))
    by_plan: dict[int, list[PlanLine]] = defaultdict(list)
    for line in lines:
        by_plan[line.plan_id].append(line)
    keys = _keys(plans)
    trees = {str(line.key): subtree(str(line.key), keys.parents) for line in lines}
    rows = keys.of(set().union(*trees.values()))
    with_hours = any(line.measure == Measure.HOURS for line in lines)
    happened = _happened(rows)
    events = _events(happened, keys.row_keys, hours=with_hours)
    spent = _spent(rows, happened, keys.row_keys)
    people = _people([plan.unit.path for plan in plans], min(today, datetime.date(plans[0].year, 12, 31)))
    made = []
    for plan in plans:
        heads = people[plan.unit.path]
        made.append(
            PlanStanding(
                plan,
                [
                    _stand(line, trees[str(line.key)], events, heads, spent, today)
                    for line in by_plan[plan.pk]
                ],
            )
        )
    return made


def _stand(
    line: PlanLine,
    tree: set[str],
    events: Mapping[str, list[Event]],
    people: frozenset[int],
    spent: Mapping[str, Decimal],
    today: datetime.date,
) -> LineStanding:
    counted = [event for key in tree for event in events.get(key, ())]
    result = done(line.measure, line.target, counted, people)
    return LineStanding(
        line=line,
        done=result,
        overdue=overdue(line.due_on, result.percent, today),
        events=len({event.key for event in counted}),
        spent=spent.get(str(line.key), Decimal(0)),
    )


def _keys(plans: Sequence[TrainingPlan]) -> _Keys:
    """The lines of the year. What hangs on what is said by the plans in force, and by those asked for."""
    wanted = {plan.pk for plan in plans}
    parents: dict[str, str | None] = {}
    row_keys: dict[int, str] = {}
    rows = PlanLine.objects.filter(plan__year=plans[0].year).order_by("plan__version")
    for pk, key, parent, plan_id, state in rows.values_list(
        "pk", "key", "parent_key", "plan_id", "plan__state"
    ):
        row_keys[pk] = str(key)
        if state == PlanState.APPROVED or plan_id in wanted:
            parents[str(key)] = str(parent) if parent else None
    return _Keys(parents, row_keys)


def _events(happened: _Happened, keys: Mapping[int, str], *, hours: bool) -> dict[str, list[Event]]:
    """What happened for these lines, by key of the line. `hours`: with what the ledger gave for it."""
    closed = [row for row in happened.sessions if row.state == Session.State.CLOSED]
    unfinished = {row.course for row in happened.sessions if row.state != Session.State.CLOSED}
    present = _present([row.pk for row in closed])
    uids = [str(row.uid) for row in closed], [str(row.uid) for row in happened.externals]
    earned = _hours(*uids) if hours else {}
    found: dict[str, list[Event]] = defaultdict(list)
    for row in closed:
        group = f"class:{row.course}" if row.course else f"session:{row.uid}"
        whole = not row.course or row.course not in unfinished
        people = present.get(row.pk, frozenset())
        event = Event(f"session:{row.uid}", group, people, earned.get(str(row.uid), {}), whole)
        found[keys[row.line]].append(event)
    for one in happened.externals:
        group = f"class:{one.course}" if one.course else f"external:{one.uid}"
        event = Event(f"external:{one.uid}", group, frozenset({one.person}), earned.get(str(one.uid), {}))
        found[keys[one.line]].append(event)
    return found


def _happened(rows: Collection[int]) -> _Happened:
    """The sessions that are closed or to come, and the external training accepted, for these lines."""
    own = Q(plan_line__in=rows) | Q(plan_line=None, batch__training_class__plan_line__in=rows)
    sessions = (
        Session.objects.filter(own)
        .exclude(state=Session.State.CANCELLED)
        .order_by()
        .values_list(
            "pk",
            "uid",
            "state",
            "batch__training_class_id",
            Coalesce("plan_line_id", "batch__training_class__plan_line_id"),
        )
    )
    externals = (
        External.objects.filter(_external_for(rows), state=ExternalState.ACCEPTED.value)
        .order_by()
        .values_list(
            "uid",
            Coalesce("officer__merged_into_id", "officer_id"),
            "nomination__training_class_id",
            Coalesce("plan_line_id", "nomination__training_class__plan_line_id"),
            "cost",
        )
    )
    return _Happened([_Session(*row) for row in sessions], [_External(*row) for row in externals])


def _external_for(rows: Collection[int]) -> Q:
    return Q(plan_line__in=rows) | Q(plan_line=None, nomination__training_class__plan_line__in=rows)


def _present(sessions: Collection[int]) -> dict[int, frozenset[int]]:
    """Who was trained at each session: whoever has minutes on its roll. Merged records are one person."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = RollEntry.objects.filter(session__in=sessions, minutes__gt=0).order_by()
    for session, person in rows.values_list("session_id", PERSON):
        found[session].add(person)
    return {session: frozenset(people) for session, people in found.items()}


def _hours(sessions: Collection[str], externals: Collection[str]) -> dict[str, dict[int, Decimal]]:
    """What the ledger gives each person for each event, by uid of the event, corrections followed.

    An entry that was countered counts no more; what replaces it counts in its place.
    """
    entries = HourEntry.objects.annotate(
        session_uid=Substr("source", len("session:") + 1, UUID_LENGTH),
        external_uid=Substr("source", len("external:") + 1, UUID_LENGTH),
        person=PERSON,
    ).filter(
        Q(source__startswith="session:", session_uid__in=sessions)
        | Q(source__startswith="external:", external_uid__in=externals)
        | Q(replaces__isnull=False)
    )
    of: dict[int, str] = {}
    found: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in entries.order_by("pk").values(
        "pk", "source", "replaces_id", "person", "hours", "countered_by", "session_uid", "external_uid"
    ):
        own = entry["session_uid"] if entry["source"].startswith("session:") else entry["external_uid"]
        event = of.get(entry["replaces_id"], "") if entry["replaces_id"] else own
        of[entry["pk"]] = event
        if event and entry["countered_by"] is None:
            found[event][entry["person"]] += entry["hours"]
    return found


def _people(paths: Collection[str], on: datetime.date) -> dict[str, frozenset[int]]:
    """Who serves in each of these units and below on a day."""
    rows = Appointment.objects.filter(inside(paths), serving_on(on), officer__merged_into=None)
    rows = rows.filter(Q(officer__left_on=None) | Q(officer__left_on__gt=on)).order_by()
    found: dict[str, set[int]] = {path: set() for path in paths}
    for path, officer in rows.values_list("unit__path", "officer_id"):
        for above in paths:
            if path.startswith(above):
                found[above].add(officer)
    return {path: frozenset(people) for path, people in found.items()}


def _spent(rows: Collection[int], happened: _Happened, keys: Mapping[int, str]) -> dict[str, Decimal]:
    """What classes and external training held for each line cost, in yuan. Cancelled classes cost nothing."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    classes = TrainingClass.objects.filter(plan_line__in=rows).exclude(state=TrainingClass.State.CANCELLED)
    for line, cost in classes.exclude(cost=None).order_by().values_list("plan_line_id", "cost"):
        found[keys[line]] += cost or Decimal(0)
    for one in happened.externals:
        found[keys[one.line]] += one.cost or Decimal(0)
    return found
