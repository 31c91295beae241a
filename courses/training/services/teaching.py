"""Rooms, the pool of instructors, and what trainees say of them."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.training.models import Instructor, InstructorRating, RollEntry, Room, Session
from courses.training.queries.calendar import RATING_DAYS
from courses.training.rules.attendance import HERE
from lianbing.kit import audit
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor

STREAM = "training"
ROOM_FIELDS = ("name", "unit", "places", "closed")
INSTRUCTOR_FIELDS = ("officer", "name", "organisation", "unit", "subjects", "level", "closed")


class TeachingRefused(Exception):
    """A room, an instructor or a rating cannot be saved so. `field` of the form, "" = the whole."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def save_room(*, values: dict[str, Any], by: Actor, at: datetime.datetime, room: Room | None = None) -> Room:
    """Make or change a room. Raises TeachingRefused when the unit has one of this name."""
    assert set(values) <= set(ROOM_FIELDS), set(values) - set(ROOM_FIELDS)
    room = room or Room()
    for name, value in values.items():
        setattr(room, name, value)
    try:
        with transaction.atomic():
            room.save()
            audit.record(stream=STREAM, action="room_saved", by=by, at=at, subject=room)
    except IntegrityError as error:
        raise TeachingRefused(_("The unit has a room of this name already."), "name") from error
    return room


def save_instructor(
    *, values: dict[str, Any], by: Actor, at: datetime.datetime, instructor: Instructor | None = None
) -> Instructor:
    """Take somebody into the pool, or change the entry. An officer of the bureau goes by their own name.

    Raises TeachingRefused when the officer stands in the pool already.
    """
    assert set(values) <= set(INSTRUCTOR_FIELDS), set(values) - set(INSTRUCTOR_FIELDS)
    instructor = instructor or Instructor()
    for name, value in values.items():
        setattr(instructor, name, value)
    if instructor.officer is not None:
        instructor.name = instructor.officer.name
    try:
        with transaction.atomic():
            instructor.save()
            audit.record(stream=STREAM, action="instructor_saved", by=by, at=at, subject=instructor)
    except IntegrityError as error:
        raise TeachingRefused(_("This person stands in the pool already."), "staff_number") from error
    return instructor


def rate(
    *,
    session: Session,
    instructor: Instructor,
    stars: int,
    comment: str,
    by: Actor,
    at: datetime.datetime,
) -> InstructorRating:
    """Say what one thought of an instructor at a session that is over: once, by somebody who was there.

    Raises TeachingRefused: no rating of oneself; in an impartial class none of somebody of one's own
    unit (R18); none before the end, none after thirty days, no second one. Nothing is said in the audit
    trail: it would show who rated whom.
    """
    refusal = rating_refusal(session=session, instructor=instructor, by=by, at=at)
    if refusal:
        raise TeachingRefused(refusal)
    try:
        with transaction.atomic():
            return InstructorRating.objects.create(
                instructor=instructor,
                session=session,
                officer_id=by.officer_id or 0,
                stars=stars,
                comment=comment.strip()[:200],
                at=at,
            )
    except IntegrityError as error:
        raise TeachingRefused(_("You have rated this instructor for this session.")) from error


def rating_refusal(*, session: Session, instructor: Instructor, by: Actor, at: datetime.datetime) -> str:
    """Why somebody may not rate, "" when they may."""
    if instructor.officer_id is not None and instructor.officer_id == by.officer_id:
        return _("Nobody rates themselves.")
    if session.state != Session.State.CLOSED:
        return _("The session is not closed yet.")
    if at > session.ends_at + datetime.timedelta(days=RATING_DAYS):
        return _("Ratings are taken for thirty days.")
    attended = RollEntry.objects.filter(session=session, officer=by.officer_id, state__in=HERE)
    if not attended.exists():
        return _("Only those who attended rate.")
    if _barred(session, instructor, by):
        return _("In this class nobody rates an instructor of their own unit.")
    return ""


def _barred(session: Session, instructor: Instructor, by: Actor) -> bool:
    if session.batch is None or not session.batch.training_class.impartial or not instructor.officer:
        return False
    served = appointment_of(instructor.officer, day_of(session.starts_at))
    return bool(served and by.unit_path and served.unit.path == by.unit_path)
