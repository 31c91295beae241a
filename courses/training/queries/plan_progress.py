"""Plan against done: what closed sessions and accepted external training amount to, line by line.

A dozen statements whatever the number of plans, lines and sessions.
"""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Substr

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
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import serving_on

UUID_LENGTH = 36


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


def standings(plans: Sequence[TrainingPlan], today: datetime.date) -> list[PlanStanding]:
    """Where these plans stand today. They are plans of one year, with their units."""
    if not plans:
        return []
    lines = PlanLine.objects.filter(plan__in=plans).select_related("owner", "category")
    by_plan: dict[int, list[PlanLine]] = defaultdict(list)
    for line in lines.order_by("position", "pk"):
        by_plan[line.plan_id].append(line)
    keys = _keys(plans)
    trees = {str(line.key): subtree(str(line.key), keys.parents) for line in lines}
    rows = keys.of(set().union(*trees.values()))
    with_hours = any(line.measure == Measure.HOURS for line in lines)
    events = _events(rows, keys.row_keys, hours=with_hours)
    spent = _spent(rows, keys.row_keys)
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


def _events(rows: Collection[int], keys: Mapping[int, str], *, hours: bool) -> dict[str, list[Event]]:
    """What happened for these lines, by key of the line. `hours`: with what the ledger gave for it."""
    own = Q(plan_line__in=rows) | Q(plan_line=None, batch__training_class__plan_line__in=rows)
    sessions = list(
        Session.objects.filter(own, state=Session.State.CLOSED)
        .order_by()
        .values_list(
            "pk", "uid", "plan_line_id", "batch__training_class_id", "batch__training_class__plan_line_id"
        )
    )
    externals = list(
        External.objects.filter(_external_for(rows), state=ExternalState.ACCEPTED.value)
        .order_by()
        .values_list(
            "uid",
            "officer_id",
            "plan_line_id",
            "nomination__training_class_id",
            "nomination__training_class__plan_line_id",
        )
    )
    same = dict(Officer.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    present = _present([row[0] for row in sessions], same)
    earned = _hours([row[1] for row in sessions], [row[0] for row in externals], same) if hours else {}
    unfinished = _unfinished({row[3] for row in sessions if row[3]})
    found: dict[str, list[Event]] = defaultdict(list)
    for pk, uid, line, course, course_line in sessions:
        group = f"class:{course}" if course else f"session:{uid}"
        event = Event(
            f"session:{uid}",
            group,
            present.get(pk, frozenset()),
            earned.get(str(uid), {}),
            course not in unfinished,
        )
        found[keys[line or course_line]].append(event)
    for uid, officer, line, course, course_line in externals:
        person = same.get(officer, officer)
        group = f"class:{course}" if course else f"external:{uid}"
        event = Event(f"external:{uid}", group, frozenset({person}), earned.get(str(uid), {}))
        found[keys[line or course_line]].append(event)
    return found


def _external_for(rows: Collection[int]) -> Q:
    return Q(plan_line__in=rows) | Q(plan_line=None, nomination__training_class__plan_line__in=rows)


def _present(sessions: Collection[int], same: Mapping[int, int]) -> dict[int, frozenset[int]]:
    """Who was trained at each session: whoever has minutes on its roll."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = RollEntry.objects.filter(session__in=sessions, minutes__gt=0).order_by()
    for session, officer in rows.values_list("session_id", "officer_id"):
        found[session].add(same.get(officer, officer))
    return {session: frozenset(people) for session, people in found.items()}


def _hours(
    sessions: Iterable[uuid.UUID], externals: Iterable[uuid.UUID], same: Mapping[int, int]
) -> dict[str, dict[int, Decimal]]:
    """What the ledger gives each person for each event, by uid of the event, corrections followed.

    An entry that was countered counts no more; what replaces it counts in its place.
    """
    entries = HourEntry.objects.annotate(
        session_uid=Substr("source", len("session:") + 1, UUID_LENGTH),
        external_uid=Substr("source", len("external:") + 1, UUID_LENGTH),
    ).filter(
        Q(source__startswith="session:", session_uid__in=[str(uid) for uid in sessions])
        | Q(source__startswith="external:", external_uid__in=[str(uid) for uid in externals])
        | Q(replaces__isnull=False)
    )
    of: dict[int, str] = {}
    found: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in entries.order_by("pk").values(
        "pk", "source", "replaces_id", "officer_id", "hours", "countered_by", "session_uid", "external_uid"
    ):
        event = of.get(entry["replaces_id"], "") if entry["replaces_id"] else _event_of(entry)
        of[entry["pk"]] = event
        if event and entry["countered_by"] is None:
            officer = entry["officer_id"]
            found[event][same.get(officer, officer)] += entry["hours"]
    return found


def _event_of(entry: Mapping[str, str]) -> str:
    return entry["session_uid"] if entry["source"].startswith("session:") else entry["external_uid"]


def _unfinished(classes: Collection[int]) -> set[int]:
    """Which of these classes have sessions still to come or not closed yet."""
    waiting = (Session.State.PLANNED, Session.State.OPEN)
    rows = Session.objects.filter(batch__training_class__in=classes, state__in=waiting).order_by()
    return set(rows.values_list("batch__training_class_id", flat=True))


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


def _spent(rows: Collection[int], keys: Mapping[int, str]) -> dict[str, Decimal]:
    """What classes and external training held for each line cost, in yuan. Cancelled classes cost nothing."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    classes = TrainingClass.objects.filter(plan_line__in=rows).exclude(state=TrainingClass.State.CANCELLED)
    for line, cost in classes.exclude(cost=None).order_by().values_list("plan_line_id", "cost"):
        found[keys[line]] += cost
    externals = External.objects.filter(_external_for(rows), state=ExternalState.ACCEPTED.value)
    for line, course_line, cost in (
        externals.exclude(cost=None)
        .order_by()
        .values_list("plan_line_id", "nomination__training_class__plan_line_id", "cost")
    ):
        found[keys[line or course_line]] += cost
    return found
