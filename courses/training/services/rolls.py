"""Drawing up a roll, opening a session for signing in, and single sessions outside a class."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from courses.models import ContentCategory
from courses.queries.audience import people_of
from courses.rules.audience import Audience, from_json, to_json
from courses.training.models import AttendanceEvent, Instructor, PlanLine, Roll, RollEntry, Room, Session
from courses.training.models.classes import Trainee
from courses.training.queries.places import unit_on, units_by_day
from courses.training.queries.rolls import entries_of
from courses.training.rules.attendance import MOVES, State, Thresholds
from courses.training.services.locks import STREAM, check_open
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


class RollRefused(Exception):
    """Something cannot be done with a roll. `code`: not_planned, not_open, not_closed, closed, nobody, changed,
    reason, second, unresolved, future, over, unknown, waiting, settled, minutes, same, elsewhere, double, opened."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class NewSession:
    """What is said of a single session when it is made."""

    unit: Unit
    kind: str
    category: ContentCategory
    topic: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    audience: Audience
    material: str = ""
    room: Room | None = None
    place: str = ""
    instructors: Sequence[Instructor] = ()
    plan_line: PlanLine | None = None
    note: str = ""


def roll_of(session: Session) -> Roll:
    """The roll of a session, made with the usual thresholds when there is none yet."""
    return Roll.objects.get_or_create(session=session)[0]


def create_session(*, wanted: NewSession, rules: Thresholds, by: Actor, at: datetime.datetime) -> Session:
    """Make a session without a batch (study day, visit, film, self-study), with its roll drawn up.

    It may lie in the past, to be recorded from paper, while its period is open. Raises PeriodLocked,
    RollRefused (nobody).
    """
    with transaction.atomic():
        check_open(day_of(wanted.starts_at), wanted.unit)
        session = Session.objects.create(
            unit=wanted.unit,
            kind=wanted.kind,
            category=wanted.category,
            topic=wanted.topic,
            material=wanted.material,
            room=wanted.room,
            place=wanted.place,
            starts_at=wanted.starts_at,
            ends_at=wanted.ends_at,
            plan_line=wanted.plan_line,
            note=wanted.note,
            recorder=by.snapshot(),
            created_at=at,
        )
        session.instructors.set(wanted.instructors)
        Roll.objects.create(session=session, audience=to_json(wanted.audience), **_columns(rules))
        if draw(session=session, by=by, at=at) == 0:
            raise RollRefused("nobody")
    return session


def _columns(rules: Thresholds) -> dict[str, Any]:
    return {
        "late_minutes": rules.late,
        "early_minutes": rules.early,
        "absent_minutes": rules.absent,
        "sign_out": rules.sign_out,
        "no_sign_out": rules.no_sign_out,
        "counting": rules.counting,
    }


def change_rules(
    *, session: Session, rules: Thresholds, checked_by_second: bool, by: Actor, at: datetime.datetime
) -> None:
    """Change the thresholds of a session that is not closed. They hold at closing for everybody."""
    with transaction.atomic():
        check_open(day_of(session.starts_at), session.unit)
        roll = roll_of(session)
        _unclosed(session)
        was = roll.thresholds()
        Roll.objects.filter(pk=roll.pk).update(checked_by_second=checked_by_second, **_columns(rules))
        audit.record(
            stream=STREAM,
            action="roll_rules_changed",
            by=by,
            at=at,
            subject=session,
            before=str(was),
            after=str(rules),
        )


def _unclosed(session: Session) -> None:
    """Hold the session's row; raises RollRefused when it is closed or cancelled by now."""
    state = Session.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=session.pk)
    if state not in (Session.State.PLANNED, Session.State.OPEN):
        raise RollRefused("closed")


def expected_people(session: Session, roll: Roll) -> dict[int, Unit]:
    """Who is to be on the roll: officer -> unit on that day. The batch's trainees, else the audience."""
    on = day_of(session.starts_at)
    if session.batch_id is None:
        return {row.officer_id: row.unit for row in people_of(from_json(roll.audience), on)}
    trainees = list(
        Trainee.objects.filter(batch=session.batch_id)
        .exclude(state=Trainee.State.WITHDRAWN)
        .select_related("unit")
    )
    places = units_by_day([trainee.officer_id for trainee in trainees])
    return {one.officer_id: unit_on(places, one.officer_id, on) or one.unit for one in trainees}


def sheet_entries(session: Session) -> list[RollEntry]:
    """Who stands on the sign-in sheet: the roll, by unit and staff number.

    Before the roll of a class is drawn up, those who will be expected (entries that are not saved), so that a
    sheet can be printed the day before.
    """
    entries = list(entries_of(session))
    if entries or session.state != Session.State.PLANNED:
        return entries
    wanted = expected_people(session, Roll(session=session))
    people = Officer.objects.in_bulk(list(wanted))
    entries = [RollEntry(session=session, officer=people[pk], unit=unit) for pk, unit in wanted.items()]
    return sorted(entries, key=lambda entry: (entry.unit.path, entry.officer.staff_number))


def draw(*, session: Session, by: Actor, at: datetime.datetime) -> int:
    """Draw up the roll anew: add who is missing, take off who is not expected any more and did nothing.

    Returns how many stand on it. Raises RollRefused once the session is closed.
    """
    with transaction.atomic():
        _unclosed(session)
        roll = roll_of(session)
        wanted = expected_people(session, roll)
        present = {entry.officer_id: entry for entry in RollEntry.objects.filter(session=session)}
        touched = set(
            AttendanceEvent.objects.filter(session=session)
            .order_by()
            .values_list("officer", flat=True)
            .distinct()
        )
        idle = [
            entry.pk
            for officer, entry in present.items()
            if officer not in wanted and officer not in touched and entry.state == State.EXPECTED
        ]
        RollEntry.objects.filter(pk__in=idle, state=State.EXPECTED, expected=True).delete()
        fresh = [
            RollEntry(session=session, officer_id=officer, unit=unit)
            for officer, unit in wanted.items()
            if officer not in present
        ]
        RollEntry.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
        if roll.drawn_at is None:
            Roll.objects.filter(pk=roll.pk).update(drawn_at=at)
        count = len(present) - len(idle) + len(fresh)
        audit.record(
            stream=STREAM, action="roll_drawn", by=by, at=at, subject=session, count=count, added=len(fresh)
        )
    return count


def open_session(*, session: Session, by: Actor, at: datetime.datetime) -> None:
    """Open a planned session for signing in; its roll is drawn up to date. Raises RollRefused, PeriodLocked."""
    before, after = MOVES["open"]
    with transaction.atomic():
        check_open(day_of(session.starts_at), session.unit)
        if draw(session=session, by=by, at=at) == 0:
            raise RollRefused("nobody")
        if Session.objects.filter(pk=session.pk, state=before).update(state=after) != 1:
            raise RollRefused("not_planned")
        Roll.objects.filter(session=session).update(opened_at=at)
        audit.record(stream=STREAM, action="session_opened", by=by, at=at, subject=session)
