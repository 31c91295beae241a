"""What a person says of questions after a change of their law: still right, or retired."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from lianbing.kit import audit
from lianbing.library.models import ArticleChange
from lianbing.people.rules import Actor
from question_bank.models import LawReview, Question, QuestionVersion
from question_bank.queries.law_changes import key_of
from question_bank.rules.law_changes import can_confirm
from question_bank.services.banks import STREAM
from question_bank.services.errors import OtherPersonNeeded
from question_bank.services.reviewing import retire


@transaction.atomic
def confirm_still_right(
    *, change: ArticleChange, questions: Sequence[Question], by: Actor, at: datetime.datetime
) -> int:
    """Say that these questions are as right under the new words as they were under the old ones.

    They may be drawn again once that was said of every article that changed; the article that follows carries
    their point now. It may be said before the day, and is said of the version in use. Returns how many it was news for. Raises OtherPersonNeeded when one
    of them was written by the same person and its bank demands another; then nothing is saved.
    """
    said = 0
    for question in questions:
        version = question.published_version
        if version is None or not _rests_on(version, change):
            continue
        if not can_confirm(
            writers=frozenset(version.writers), confirmer=by.user_id, people=question.bank.people_needed
        ):
            raise OtherPersonNeeded
        said += _confirm(question, version, change, by, at)
    return said


def _rests_on(version: QuestionVersion, change: ArticleChange) -> bool:
    """Whether a version means the article that changed, or the whole law it stands in."""
    meant = Q(article=change.article_id, whole=False)
    meant |= Q(article__edition__articles=change.article_id, whole=True)
    return version.cited_articles.filter(meant).exists()


def _confirm(
    question: Question, version: QuestionVersion, change: ArticleChange, by: Actor, at: datetime.datetime
) -> bool:
    edition, event = key_of(change)
    LawReview.objects.get_or_create(
        version=version,
        article_id=change.article_id,
        edition_id=edition,
        event=event,
        defaults={"opened_at": at},
    )
    closed = LawReview.objects.filter(
        version=version, article_id=change.article_id, edition_id=edition, event=event, closed_at=None
    ).update(
        closed_at=at,
        outcome=LawReview.Outcome.CONFIRMED,
        by_name=by.name[:50],
        successor_id=change.successor_id,
    )
    if closed:
        audit.record(
            stream=STREAM,
            action="question_confirmed_after_change",
            by=by,
            at=at,
            subject=question,
            version=version.number,
            article=str(change.article),
            follows=str(change.successor) if change.successor else "",
        )
    return bool(closed)


@transaction.atomic
def retire_all(*, questions: Sequence[Question], reason: str, by: Actor, at: datetime.datetime) -> None:
    """Retire several questions for one reason, all or none. Raises NotAllowedNow."""
    for question in questions:
        retire(question=question, reason=reason, by=by, at=at)
