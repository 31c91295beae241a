"""Counting what papers used, and remembering which exam used it."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from question_bank.models import Question, QuestionUse, QuestionVersion

CHUNK = 900
BATCH = 200


class UsedIn(NamedTuple):
    """What used questions: an exam's id and its title as it is now."""

    uid: uuid.UUID
    title: str


def record_use(version_ids: Iterable[int], at: datetime.datetime, used_in: UsedIn | None = None) -> None:
    """Count that papers used these versions (an id as often as it was used), and in which exam.

    Told a second time of the same exam, its own record is replaced, not doubled. Statements grow by the
    hundreds of questions.
    """
    uses = _by_question(Counter(version_ids))
    by_count: dict[int, list[int]] = defaultdict(list)
    for question_id, count in uses.items():
        by_count[count].append(question_id)
    with transaction.atomic():
        for count, questions in by_count.items():
            for start in range(0, len(questions), CHUNK):
                Question.objects.filter(pk__in=questions[start : start + CHUNK]).update(
                    times_used=F("times_used") + count, last_used_at=at
                )
        if used_in is not None:
            _remember(uses, used_in, at)


def _by_question(versions: Counter[int]) -> Counter[int]:
    wanted = sorted(versions)
    uses: Counter[int] = Counter()
    for start in range(0, len(wanted), CHUNK):
        rows = QuestionVersion.objects.filter(pk__in=wanted[start : start + CHUNK])
        for pk, question_id in rows.values_list("pk", "question_id"):
            uses[question_id] += versions[pk]
    return uses


def _remember(uses: Counter[int], used_in: UsedIn, at: datetime.datetime) -> None:
    QuestionUse.objects.bulk_create(
        [
            QuestionUse(
                question_id=question, used_in=used_in.uid, title=used_in.title[:200], used_at=at, times=times
            )
            for question, times in uses.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["question", "used_in"],
        update_fields=["title", "used_at", "times"],
    )
