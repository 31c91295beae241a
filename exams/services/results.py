"""Releasing results: from then on candidates see them, and certificates follow."""

import datetime

from django.db import transaction

from exams import state
from exams.models import Attempt, Paper, Sitting
from exams.queries.marking import waiting_at
from exams.queries.sittings import state_of
from exams.services import submission
from exams.state import SittingState
from lianbing.kit import audit, outbox
from lianbing.people.rules import Actor
from question_bank.services import UsedIn, record_use


class CannotRelease(Exception):
    """Results cannot be released. `code`: not_closed, still_writing, waiting, already_released."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def release_results(*, sitting: Sitting, by: Actor, at: datetime.datetime) -> int:
    """Release the results of a closed sitting. Returns how many attempts were released.

    Attempts whose time is over are handed in first. Raises CannotRelease while the sitting is open,
    somebody with extra time is still writing, or a written answer waits for its marker. Certificates
    hear of it through the outbox.
    """
    stands = state_of(sitting, at)
    if stands is SittingState.RELEASED:
        raise CannotRelease("already_released")
    if stands is not SittingState.CLOSED:
        raise CannotRelease("not_closed")
    attempts = Attempt.objects.filter(candidate__sitting=sitting)
    for attempt in attempts.filter(state=state.OPEN).select_related("candidate__sitting"):
        submission.refresh(attempt, at=at)
    with transaction.atomic():
        if attempts.filter(state=state.OPEN).exists():
            raise CannotRelease("still_writing")
        if waiting_at(sitting):
            raise CannotRelease("waiting")
        if Sitting.objects.filter(pk=sitting.pk, released_at=None).update(released_at=at) != 1:
            raise CannotRelease("already_released")
        released = attempts.count()
        papers = Paper.objects.filter(candidate__sitting=sitting, candidate__attempt__isnull=False)
        used = [item[0] for items in papers.values_list("items", flat=True) for item in items]
        if not sitting.is_rehearsal:
            record_use(used, at, UsedIn(sitting.uid, sitting.title))
            outbox.publish("results_published", {"sitting": str(sitting.uid)}, at=at)
        audit.record(
            stream="exams", action="results_released", by=by, at=at, subject=sitting, attempts=released
        )
    sitting.released_at = at
    return released
