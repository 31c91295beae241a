"""One's own sessions: those of one's batches, those one is expected at, those one teaches."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.training.models import InstructorRating, RollEntry, Session, Trainee
from courses.training.queries.occupied import LIVE
from courses.training.rules.attendance import HERE
from courses.training.state import ClassState
from lianbing.people.models import Officer

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
        .filter(Exists(enrolled) | Exists(expected) | Q(instructors__officer__in=officers))
        .distinct()
        .select_related("unit", "room", "category", "batch__training_class")
        .prefetch_related("instructors")
        .order_by("starts_at", "pk")
    )


def described(sessions: Collection[Session], officers: Collection[int]) -> list[Mine]:
    """These sessions with one's own lines on their rolls and what one may still rate. Two statements."""
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
        there = entry is not None and entry.state in HERE and session.state == Session.State.CLOSED
        left = tuple(
            one.pk
            for one in teachers
            if there and one.officer_id not in officers and (session.pk, one.pk) not in rated
        )
        found.append(Mine(session, teaching, entry, left))
    return found


def day_bounds(today: datetime.date, zone: datetime.tzinfo) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of a day and of the next."""
    start = datetime.datetime.combine(today, datetime.time(), tzinfo=zone)
    return start, start + datetime.timedelta(days=1)
