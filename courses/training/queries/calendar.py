"""One's own sessions: those of one's batches, those one is expected at, those one teaches."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.training.models import InstructorRating, RollEntry, Session, Trainee
from courses.training.queries.occupied import LIVE
from courses.training.queries.places import unit_on, units_by_day
from courses.training.queries.self_study import WAITING
from courses.training.rules.attendance import HERE
from courses.training.state import ClassState
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

RATING_DAYS = 30
"""Days after its end in which an instructor is rated for a session."""
HIDDEN = Q(batch__training_class__state=ClassState.DRAFT)


@dataclass(frozen=True)
class Mine:
    """A session of one's own. `entry` is one's line on the roll, if there is one yet; `teaching` says one
    stands in front. `to_rate`: the instructors one has not rated yet.
    """

    session: Session
    teaching: bool
    entry: RollEntry | None
    to_rate: tuple[int, ...] = ()

    @property
    def attended(self) -> bool:
        """Whether one was there."""
        return self.entry is not None and self.entry.state in HERE


def known_ids(officer_id: int | None) -> list[int]:
    """The ids one is known under, merged records too. One statement."""
    if officer_id is None:
        return []
    return [officer_id, *Officer.objects.filter(merged_into=officer_id).values_list("pk", flat=True)]


def sessions_of(officers: Collection[int]) -> QuerySet[Session]:
    """The live sessions of these records, by time. What nobody has announced yet is not shown."""
    enrolled = Trainee.objects.filter(batch=OuterRef("batch"), officer__in=officers).exclude(
        state=Trainee.State.WITHDRAWN
    )
    expected = RollEntry.objects.filter(session=OuterRef("pk"), officer__in=officers)
    return (
        Session.objects.filter(LIVE)
        .exclude(HIDDEN)
        .exclude(WAITING)
        .filter(Exists(enrolled) | Exists(expected) | Q(instructors__officer__in=officers))
        .distinct()
        .select_related("unit", "room", "category", "batch__training_class")
        .prefetch_related("instructors")
        .order_by("starts_at", "pk")
    )


def described(
    sessions: Collection[Session], officers: Collection[int], by: Actor, at: datetime.datetime
) -> list[Mine]:
    """These sessions with one's own lines on their rolls and whom one may still rate. Three statements at most.

    `services.teaching.rating_refusal` decides by the same rules when the rating comes in.
    """
    barred = _barred(sessions, by)
    entries = {
        one.session_id: one for one in RollEntry.objects.filter(session__in=sessions, officer__in=officers)
    }
    rated = set(
        InstructorRating.objects.filter(session__in=sessions, officer__in=officers).values_list(
            "session", "instructor"
        )
    )
    found = []
    for session in sessions:
        teachers = list(session.instructors.all())
        teaching = any(one.officer_id in officers for one in teachers)
        entry = entries.get(session.pk)
        there = (
            entry is not None
            and entry.officer_id == by.officer_id
            and entry.state in HERE
            and session.state == Session.State.CLOSED
            and at <= session.ends_at + datetime.timedelta(days=RATING_DAYS)
        )
        left = tuple(
            one.pk
            for one in teachers
            if there
            and one.officer_id not in officers
            and (session.pk, one.pk) not in rated
            and (session.pk, one.pk) not in barred
        )
        found.append(Mine(session, teaching, entry, left))
    return found


def _barred(sessions: Collection[Session], by: Actor) -> set[tuple[int, int]]:
    """Session and instructor where one stays out of the rating: of one's own unit, in an impartial class (R18)."""
    impartial = [one for one in sessions if one.batch and one.batch.training_class.impartial]
    teachers = [
        (session, one) for session in impartial for one in session.instructors.all() if one.officer_id
    ]
    if not teachers or not by.unit_path:
        return set()
    places = units_by_day({one.officer_id for _session, one in teachers if one.officer_id})
    found = set()
    for session, one in teachers:
        unit = unit_on(places, one.officer_id or 0, day_of(session.starts_at))
        if unit is not None and unit.path == by.unit_path:
            found.add((session.pk, one.pk))
    return found


def day_bounds(today: datetime.date, zone: datetime.tzinfo) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of a day and of the next."""
    start = datetime.datetime.combine(today, datetime.time(), tzinfo=zone)
    return start, start + datetime.timedelta(days=1)
