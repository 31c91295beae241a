"""Marking an attempt by its paper, its marking rule and the frozen versions; appended, never overwritten."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from exams.models import MarkRecord
from exams.rules import scoring
from lianbing.people.rules import Actor
from question_bank import kinds, marking
from question_bank.models import QuestionVersion
from question_bank.queries import versions


def grade(
    items: Sequence[Sequence[Any]],
    answers: Mapping[str, Any],
    found: Mapping[int, QuestionVersion],
    rule_name: str,
) -> list[Decimal]:
    """The marks of each item of a paper, in its order. Nothing is rounded."""
    rule = marking.get(rule_name)
    given = []
    for position, (version_id, kind, marks, _) in enumerate(items, start=1):
        version = found[version_id]
        response = answers.get(str(position), [])
        given.append(kinds.get(kind).grade(version.content, version.key, response, rule, Decimal(marks)))
    return given


def record_marks(
    *,
    attempt_id: int,
    items: Sequence[Sequence[Any]],
    answers: Mapping[str, Any],
    rule_name: str,
    reason: str,
    by: Actor,
    at: datetime.datetime,
    found: Mapping[int, QuestionVersion] | None = None,
) -> MarkRecord:
    """Grade and append the first mark record of an attempt, inside the caller's transaction.

    `found` spares the statement that loads the versions when many attempts are marked together.
    """
    found = found if found is not None else versions([item[0] for item in items])
    given = grade(items, answers, found, rule_name)
    return MarkRecord.objects.create(
        attempt_id=attempt_id,
        score=scoring.total(given),
        full_marks=scoring.total(Decimal(item[2]) for item in items),
        marks=[scoring.marks_text(one) for one in given],
        rule=rule_name,
        at=at,
        reason=reason,
        by=by.snapshot(),
    )
