"""Counting what papers used."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from question_bank.models import Question, QuestionVersion

CHUNK = 900


def record_use(version_ids: Iterable[int], at: datetime.datetime) -> None:
    """Count that papers used these versions (an id as often as it was used)."""
    counted = Counter(version_ids)
    wanted = sorted(counted)
    uses: Counter[int] = Counter()
    for start in range(0, len(wanted), CHUNK):
        rows = QuestionVersion.objects.filter(pk__in=wanted[start : start + CHUNK])
        for pk, question_id in rows.values_list("pk", "question_id"):
            uses[question_id] += counted[pk]
    by_count: dict[int, list[int]] = defaultdict(list)
    for question_id, count in uses.items():
        by_count[count].append(question_id)
    with transaction.atomic():
        for count, questions in by_count.items():
            for start in range(0, len(questions), CHUNK):
                Question.objects.filter(pk__in=questions[start : start + CHUNK]).update(
                    times_used=F("times_used") + count, last_used_at=at
                )
