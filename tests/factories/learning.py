"""Learning for tests: an officer in the middle of a course."""

import datetime

from courses.models import Enrolment, Progress
from courses.rules.accrual import Beat
from courses.services import learning, playing
from tests.factories import courses, people

NOON = datetime.datetime(2026, 11, 20, 4, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def learner(**fields):
    """An officer of a unit, and the actor behind their account."""
    officer = people.officer(fields.pop("unit", None) or people.unit(), **fields)
    return officer, people.actor(officer.user)


def enrolment(edition=None, by=None, at=NOON) -> Enrolment:
    """An enrolment just begun."""
    edition = edition or courses.edition()
    return learning.begin(course=edition.course, by=by or learner()[1], at=at)


def opened(made: Enrolment, by, position=1, at=NOON) -> tuple[Progress, int]:
    """A lesson opened: its progress and the lease of the clock."""
    lesson = made.edition.lessons.get(position=position)
    return playing.open_lesson(enrolment=made, lesson=lesson, by=by, at=at)


def beat(seq: int, seconds: int = 15, **facts) -> Beat:
    """A beat of a reader who was there all the time."""
    return Beat(seq, seconds * 1000, **facts)


def study(made: Enrolment, by, position=1, minutes=5, at=NOON) -> datetime.datetime:
    """Open a lesson and stay with it for so many minutes. Returns the moment afterwards."""
    progress, lease = opened(made, by, position, at)
    for minute in range(1, minutes + 1):
        at += 60 * SECOND
        playing.hear(
            enrolment=made, lesson=progress.lesson, lease=lease, beats=[beat(minute, 60)], by=by, at=at
        )
    return at
