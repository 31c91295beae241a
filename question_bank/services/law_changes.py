"""Questions after a change of their law: they wait, and a person says of each what becomes of it."""

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction

from lianbing.kit import audit
from lianbing.library.models import ArticleChange, LawEdition
from lianbing.people.rules import Actor
from question_bank.models import LawReview, Question, QuestionVersion
from question_bank.queries.law_changes import in_use_citing, key_of
from question_bank.rules.law_changes import can_confirm
from question_bank.services.banks import STREAM
from question_bank.services.errors import OtherPersonNeeded

Outcome = LawReview.Outcome


@transaction.atomic
def open_reviews(
    *, articles: Collection[int], edition: LawEdition, event: str, at: datetime.datetime
) -> None:
    """Note that the questions in use that cite these articles wait. Told twice, it is noted once."""
    LawReview.objects.bulk_create(
        [
            LawReview(
                version_id=question.published_version_id,
                article_id=article,
                edition=edition,
                event=event,
                opened_at=at,
            )
            for article, questions in in_use_citing(articles).items()
            for question in questions
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


@transaction.atomic
def confirm_still_right(
    *, change: ArticleChange, questions: Sequence[Question], by: Actor, at: datetime.datetime
) -> int:
    """Say that these questions are as right under the new words as they were under the old ones.

    They may be drawn again; the article that follows carries their point now. It may be said before the day,
    and is said of the version in use. Returns how many it was news for. Raises OtherPersonNeeded when one
    of them was written by the same person and its bank demands another; then nothing is saved.
    """
    said = 0
    for question in questions:
        version = question.published_version
        if version is None or not version.citations.filter(article=change.article_id).exists():
            continue
        if not can_confirm(
            writers=frozenset(version.writers), confirmer=by.user_id, people=question.bank.people_needed
        ):
            raise OtherPersonNeeded
        said += _confirm(question, version, change, by, at)
    return said


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
        closed_at=at, outcome=Outcome.CONFIRMED, by_name=by.name[:50], successor_id=change.successor_id
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


def close_reviews(
    *, question: Question, outcome: str, by: Actor, at: datetime.datetime, but: QuestionVersion | None = None
) -> None:
    """Close what waits of a question that was revised or retired, inside the caller's transaction.

    `but` is the version now in use, whose own reviews stay.
    """
    waiting = LawReview.objects.filter(version__question=question, closed_at=None)
    if but is not None:
        waiting = waiting.exclude(version=but)
    waiting.update(closed_at=at, outcome=outcome, by_name=by.name[:50])
