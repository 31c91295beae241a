"""Reading rolls: the trainer's list, the counter of the projector, the sessions one may sign in at."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from courses.training.models import AttendanceEvent, LeaveRequest, RollEntry, Session
from courses.training.models.classes import Trainee
from courses.training.queries.self_study import BY_ONESELF, WAITING
from courses.training.rules.attendance import HERE, MISSED, State
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor, Role

SHOWN = {
    "missing": frozenset({State.EXPECTED}),
    "here": HERE,
    "late": frozenset({State.LATE, State.LEFT_EARLY}),
    "away": MISSED | {State.MADE_UP},
}
LIVE = (Session.State.PLANNED, Session.State.OPEN)
OWNERS = (Role.TRAINER,)
BACK, AHEAD = datetime.timedelta(days=14), datetime.timedelta(days=28)


@dataclass(frozen=True)
class Knock:
    """Somebody who was refused: who, when first, how often, and why (not_on_roll or device)."""

    officer: Officer
    at: datetime.datetime
    times: int
    reason: str


@dataclass
class Board:
    """What the trainer's list shows. `rows` are already filtered."""

    rows: list[RollEntry]
    counts: Counter[str]
    total: int
    guests: int
    knocks: list[Knock]
    leaves: list[LeaveRequest]

    @property
    def here(self) -> int:
        return sum(self.counts[state] for state in HERE)

    @property
    def missing(self) -> int:
        return self.counts[State.EXPECTED]

    @property
    def late(self) -> int:
        return self.counts[State.LATE] + self.counts[State.LEFT_EARLY]

    @property
    def away(self) -> int:
        return sum(self.counts[state] for state in SHOWN["away"])


def may_change_single(session: Session) -> bool:
    """Whether it stands alone and is not closed; what somebody recorded of themselves is only decided on."""
    if session.batch_id is not None or session.state not in LIVE:
        return False
    by_oneself = session.kind == Session.Kind.SELF_STUDY
    return not (by_oneself and Session.objects.filter(BY_ONESELF, pk=session.pk).exists())


def entries_of(session: Session) -> QuerySet[RollEntry]:
    """The roll of a session with people and units, by unit and staff number."""
    return RollEntry.objects.filter(session=session).select_related("officer", "unit", "made_up_in")


def board(session: Session, show: str = "", text: str = "") -> Board:
    """The trainer's list. Four statements whatever its length."""
    entries = list(entries_of(session))
    states = SHOWN.get(show)
    rows = [
        entry
        for entry in entries
        if (states is None or entry.state in states)
        and (not text or text in entry.officer.name or entry.officer.staff_number.startswith(text))
    ]
    on_roll = {entry.officer_id for entry in entries}
    return Board(
        rows=rows,
        counts=Counter(entry.state for entry in entries),
        total=len(entries),
        guests=sum(not entry.expected for entry in entries),
        knocks=knocks(session, on_roll),
        leaves=list(
            LeaveRequest.objects.filter(session=session, decision=LeaveRequest.Decision.OPEN).select_related(
                "officer"
            )
        ),
    )


def knocks(session: Session, on_roll: set[int]) -> list[Knock]:
    """Who was refused at the door and is not settled: strangers not admitted yet, and borrowed phones."""
    found: dict[tuple[int, str], Knock] = {}
    events = AttendanceEvent.objects.filter(session=session, kind=AttendanceEvent.Kind.REFUSED)
    for event in events.select_related("officer").order_by("pk"):
        if event.reason == "not_on_roll" and event.officer_id in on_roll:
            continue
        key = (event.officer_id, event.reason)
        first = found.get(key)
        times = first.times + 1 if first else 1
        found[key] = Knock(event.officer, first.at if first else event.at, times, event.reason)
    return list(found.values())


def counter(session: Session) -> tuple[int, int]:
    """How many have signed in, and how many stand on the roll without being excused. One statement."""
    counted = RollEntry.objects.filter(session=session).aggregate(
        here=Count("pk", filter=Q(state__in=[str(state) for state in HERE])),
        expected=Count("pk", filter=~Q(state=str(State.LEAVE))),
    )
    return counted["here"], counted["expected"]


def _bounds(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    begin = timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
    return begin, begin + datetime.timedelta(days=1)


def sessions_to_sign_in(officer_id: int, at: datetime.datetime) -> list[Session]:
    """Today's sessions that a person is expected at and that are open or still to come. One statement."""
    begin, end = _bounds(day_of(at))
    batches = Trainee.objects.filter(officer=officer_id).exclude(state=Trainee.State.WITHDRAWN)
    mine = Q(pk__in=RollEntry.objects.filter(officer=officer_id).order_by().values("session")) | Q(
        batch__in=batches.order_by().values("batch")
    )
    found = Session.objects.filter(mine, state__in=LIVE, starts_at__lt=end, ends_at__gt=begin)
    return list(found.exclude(WAITING).select_related("room").order_by("starts_at"))


def runnable(actor: Actor, since: datetime.datetime, until: datetime.datetime) -> QuerySet[Session]:
    """Sessions between two moments whose roll somebody keeps: of their units, or that they teach."""
    mine = Q(pk__in=[])
    for path in actor.scopes(*OWNERS):
        mine |= Q(unit__path__startswith=path)
    if actor.officer_id is not None:
        taught = Session.objects.filter(instructors__officer=actor.officer_id).order_by()
        mine |= Q(pk__in=taught.values("pk"))
    return (
        Session.objects.filter(mine, starts_at__gte=since, starts_at__lt=until)
        .exclude(state=Session.State.CANCELLED)
        .exclude(WAITING)
        .select_related("unit", "room", "category")
        .annotate(
            on_roll=Count("roll_entries"),
            here=Count("roll_entries", filter=Q(roll_entries__state__in=[str(state) for state in HERE])),
        )
        .order_by("-starts_at", "-pk")
    )


def owed_by(officer_ids: list[int]) -> QuerySet[RollEntry]:
    """What people missed at closed sessions and have not made up, newest first."""
    return (
        RollEntry.objects.filter(
            officer__in=officer_ids, session__state=Session.State.CLOSED, state__in=[str(s) for s in MISSED]
        )
        .select_related("session", "made_up_in")
        .order_by("-session__starts_at")
    )


def closed_entry(session: uuid.UUID, officer_id: int | None) -> RollEntry | None:
    """What the roll of a closed session says of one person; None where it is not closed or they were not on it."""
    if officer_id is None:
        return None
    rows = RollEntry.objects.select_related("session__category", "session__room", "unit")
    return rows.filter(session__uid=session, session__state=Session.State.CLOSED, officer=officer_id).first()
