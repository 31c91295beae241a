"""What an upgrade or a restore left out is made up for, in batches, at every turn of the clock."""

import datetime

from django.db import transaction

from lianbing.kit.due import job
from question_bank.models import Question
from question_bank.services import cited
from question_bank.services.likeness import note_likeness

AT_ONCE = 500
BATCHES = 10


@job("effective")
def read_citations(at: datetime.datetime) -> int:
    """Store what citations mean that were never read. Nothing came into effect by that: counts as 0."""
    cited.catch_up(at=at)
    return 0


@job("effective")
def compare_questions(at: datetime.datetime) -> int:
    """Look for near-duplicates of questions that were never compared. Counts as 0 too.

    A question without words has nothing to compare and is passed over at every turn.
    """
    never = Question.objects.filter(likeness_keys=None, latest__isnull=False).order_by("pk")
    last = 0
    for _batch in range(BATCHES):
        pks = list(never.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE])
        if not pks:
            break
        last = pks[-1]
        with transaction.atomic():
            note_likeness(questions=pks, at=at)
    return 0
