"""Opening and closing the reviews that a change of law asks for."""

import datetime
from collections.abc import Collection

from django.db import transaction

from lianbing.library.models import LawEdition
from lianbing.people.rules import Actor
from question_bank.models import LawReview, Question, QuestionVersion
from question_bank.queries.law_changes import versions_in_use_citing


@transaction.atomic
def open_reviews(
    *, articles: Collection[int], edition: LawEdition, event: str, at: datetime.datetime
) -> None:
    """Note that the questions in use that cite these articles, or the whole law, ask for a look.

    Told twice, it is noted once.
    """
    LawReview.objects.bulk_create(
        [
            LawReview(
                version_id=version,
                article_id=article,
                edition=edition,
                event=event,
                opened_at=at,
            )
            for version, touched in versions_in_use_citing(articles).items()
            for article in sorted(touched)
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


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
