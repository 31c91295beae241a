"""What the player of a lesson does: open it, send beats, try its questions (docs/reference/learning-time.md)."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from courses.models import Enrolment, LearningClock, Lesson, LessonTry, Progress
from courses.queries import checks
from courses.queries import learning as queries
from courses.rules import accrual
from courses.services import learning
from courses.services.learning import CannotLearn
from lianbing.people.rules import Actor


class CannotTry(Exception):
    """Nothing was kept. `code`: closed, nothing (no questions), blank (`names`: inputs without an answer)."""

    def __init__(self, code: str, names: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.names = list(names)


@dataclass(frozen=True)
class Heard:
    """What came of beats. `held`: this opening holds the clock; `through`: every beat up to it was heard."""

    progress: Progress
    held: bool
    through: int = 0
    added: int = 0
    refused: int = 0


def _progress(enrolment: Enrolment, lesson: Lesson, at: datetime.datetime) -> Progress:
    """The row of a lesson, made when it is first opened."""
    made, _new = Progress.objects.get_or_create(
        enrolment=enrolment,
        lesson=lesson,
        defaults={"opened_at": at, "films": queries.film_lengths(lesson)},
    )
    made.lesson = lesson
    return made


@transaction.atomic
def open_lesson(
    *, enrolment: Enrolment, lesson: Lesson, by: Actor, at: datetime.datetime
) -> tuple[Progress, int]:
    """Open a lesson: the clock of this person runs for it from now, under a new lease, and for nothing else.

    What an earlier opening on any device has not sent by now earns nothing any more. Raises CannotLearn.
    """
    if not enrolment.is_open:
        raise CannotLearn("closed")
    if lesson.edition_id != enrolment.edition_id:
        raise CannotLearn("nothing")
    progress = _progress(enrolment, lesson, at)
    lease = _take_clock(_whose(enrolment, by), progress, at)
    _settle_lesson(progress, by=by, at=at)
    return progress, lease


def _whose(enrolment: Enrolment, by: Actor) -> int:
    """Whose clock it is: that of the person, also where the enrolment stands under a record merged into theirs."""
    return by.officer_id or enrolment.officer_id


def _take_clock(officer_id: int, progress: Progress, at: datetime.datetime) -> int:
    """The one row of a person goes over to this lesson; the lease tells earlier openings apart."""
    own = LearningClock.objects.filter(officer=officer_id)
    taken = {"progress": progress, "counted_to": at, "seq": 0, "live": False}
    if own.update(lease=F("lease") + 1, **taken) == 0:
        try:
            with transaction.atomic():
                LearningClock.objects.create(officer_id=officer_id, **taken)
        except IntegrityError:
            own.update(lease=F("lease") + 1, **taken)
    return own.values_list("lease", flat=True).get()


@transaction.atomic
def hear(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    lease: int,
    beats: Sequence[accrual.Beat],
    by: Actor,
    at: datetime.datetime,
) -> Heard:
    """Credit what beats claim, as far as the clock allows. Beats of an older opening earn nothing.

    Raises CannotLearn: nothing (the lesson was never opened).
    """
    clock = LearningClock.objects.select_for_update().filter(officer=_whose(enrolment, by)).first()
    progress = Progress.objects.select_for_update().filter(enrolment=enrolment, lesson=lesson).first()
    if progress is None:
        raise CannotLearn("nothing")
    progress.lesson, progress.enrolment = lesson, enrolment
    through = max((beat.seq for beat in beats), default=0)
    held = (
        clock is not None and enrolment.is_open and (clock.lease, clock.progress_id) == (lease, progress.pk)
    )
    if clock is None or not held:
        return Heard(progress, False, through)
    found = accrual.accrue(
        queries.need_of(progress),
        queries.standing_of(progress),
        accrual.Clock(clock.counted_to, clock.seq, clock.live),
        beats,
        at,
    )
    if found.fresh and not _count(clock, found):
        return Heard(progress, False, through)
    if found.fresh:
        _write(progress, found.standing)
        _settle_lesson(progress, by=by, at=at)
    return Heard(progress, True, found.clock.seq, found.added, found.refused)


def _count(clock: LearningClock, found: accrual.Outcome) -> bool:
    """Move the clock on, if it still stands where it was read. Then the batch counts, and no other does."""
    same = LearningClock.objects.filter(
        pk=clock.pk, lease=clock.lease, seq=clock.seq, counted_to=clock.counted_to
    )
    after = found.clock
    return same.update(counted_to=after.counted_to, seq=after.seq, live=after.live) == 1


def _write(progress: Progress, standing: accrual.Standing) -> None:
    progress.credited_ms, progress.reading_ms = standing.credited, standing.reading
    progress.seen = [[list(pair) for pair in ranges] for ranges in standing.seen]
    progress.place = list(standing.place)
    progress.save(update_fields=["credited_ms", "reading_ms", "seen", "place"])


def _settle_lesson(progress: Progress, *, by: Actor, at: datetime.datetime) -> None:
    """The lesson is done once its time is served and its questions are passed; the last one ends the course."""
    if progress.done_at is not None:
        return
    if not accrual.time_is_done(queries.standing_of(progress), queries.need_of(progress)):
        return
    if progress.checked_at is None and checks.versions_of(progress.lesson):
        return
    if Progress.objects.filter(pk=progress.pk, done_at=None).update(done_at=at) == 1:
        progress.done_at = at
        learning.settle(enrolment=progress.enrolment, by=by, at=at)


@transaction.atomic
def try_check(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    uid: uuid.UUID,
    sent: Mapping[str, Any],
    by: Actor,
    at: datetime.datetime,
) -> LessonTry:
    """Mark what was answered and keep it. The same try sent again is the try that is known already.

    Every try is kept; the first that is enough counts for good. Raises CannotLearn (the lesson was never
    opened) and CannotTry.
    """
    known = LessonTry.objects.filter(uid=uid, progress__enrolment=enrolment).first()
    if known is not None:
        return known
    progress = Progress.objects.select_for_update().filter(enrolment=enrolment, lesson=lesson).first()
    if progress is None:
        raise CannotLearn("nothing")
    if not enrolment.is_open:
        raise CannotTry("closed")
    versions = checks.versions_of(lesson)
    if not versions:
        raise CannotTry("nothing")
    found = checks.mark(versions, sent)
    if found.blank:
        raise CannotTry("blank", found.blank)
    progress.lesson, progress.enrolment = lesson, enrolment
    made = _kept(progress, uid, found, at)
    if made.passed:
        _pass(progress, by, at)
    return made


def _kept(progress: Progress, uid: uuid.UUID, found: checks.Found, at: datetime.datetime) -> LessonTry:
    passed = found.right >= checks.needed(progress.lesson, found.asked)
    values = {"answers": found.answers, "right": found.right, "asked": found.asked, "passed": passed}
    try:
        with transaction.atomic():
            return LessonTry.objects.create(uid=uid, progress=progress, at=at, **values)
    except IntegrityError as error:
        known = LessonTry.objects.filter(uid=uid, progress=progress).first()
        if known is None:
            raise CannotTry("closed") from error
        return known


def _pass(progress: Progress, by: Actor, at: datetime.datetime) -> None:
    Progress.objects.filter(pk=progress.pk, checked_at=None).update(checked_at=at)
    progress.checked_at = progress.checked_at or at
    _settle_lesson(progress, by=by, at=at)
