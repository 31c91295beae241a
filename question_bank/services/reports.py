"""Error reports of candidates: taken in, and answered by a reviewer."""

import datetime

from django.db import IntegrityError, transaction

from lianbing.kit import audit
from lianbing.people.rules import Actor
from question_bank.models import ErrorReport, Question
from question_bank.rules.text import tidy
from question_bank.services.banks import STREAM
from question_bank.services.errors import NotAllowedNow

TEXT_LIMIT = 500
SHORTEST = 4


class NotSaid(ValueError):
    """The text is too short or too long to tell anybody what is wrong."""


def report_error(*, version_id: int, text: str, by: Actor, at: datetime.datetime) -> ErrorReport:
    """Take in what somebody says is wrong with a version they were asked.

    The caller vouches that they were asked it and may speak of it now. Raises NotSaid, and NotAllowedNow
    when this person has reported this version before.
    """
    said = tidy(text)
    if not SHORTEST <= len(said) <= TEXT_LIMIT:
        raise NotSaid
    if by.user_id is None:
        raise NotAllowedNow
    try:
        with transaction.atomic():
            report = ErrorReport.objects.create(
                version_id=version_id,
                reporter_id=by.user_id,
                reporter_name=by.name,
                text=said,
                reported_at=at,
            )
            question = Question.objects.get(versions=version_id)
            audit.record(stream=STREAM, action="error_reported", by=by, at=at, subject=question, text=said)
    except IntegrityError:
        raise NotAllowedNow from None
    return report


def answer_report(
    *, report: ErrorReport, outcome: str, answer: str, by: Actor, at: datetime.datetime
) -> None:
    """Answer a report once. The reporter reads the answer. Raises NotSaid, NotAllowedNow."""
    said = tidy(answer)
    if not SHORTEST <= len(said) <= TEXT_LIMIT:
        raise NotSaid
    with transaction.atomic():
        waiting = ErrorReport.objects.filter(pk=report.pk, answered_at=None).exclude(reporter=by.user_id)
        answered = waiting.update(
            outcome=ErrorReport.Outcome(outcome), answer=said, answered_by_name=by.name, answered_at=at
        )
        if answered != 1:
            raise NotAllowedNow
        audit.record(
            stream=STREAM,
            action="error_report_answered",
            by=by,
            at=at,
            subject=report.version.question,
            outcome=outcome,
            answer=said,
        )
