"""Cards whose basis changed: flags that a change of law opens and the legal section closes."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from lianbing.kit import audit
from lianbing.library import permissions
from lianbing.library.models import CardArticle, CardFlag, CardVersion, LawEdition
from lianbing.library.queries import cards as reading
from lianbing.library.services.cards import STREAM, CardMoved, SecondPersonNeeded
from lianbing.people.rules import Actor


@transaction.atomic
def open_flags(*, articles: Sequence[int], edition: LawEdition, event: str, at: datetime.datetime) -> int:
    """Note that the cards in use that rest on these articles wait for a look. Told twice, noted once."""
    rows = CardArticle.objects.filter(article__in=articles, version__approved_at__isnull=False)
    resting = {
        (version, article)
        for version, article, current in rows.values_list("version", "article", "version__card__current")
        if version == current
    }
    CardFlag.objects.bulk_create(
        [
            CardFlag(version_id=version, article_id=article, edition=edition, event=event, opened_at=at)
            for version, article in sorted(resting)
        ],
        ignore_conflicts=True,
    )
    return len({version for version, _article in resting})


@transaction.atomic
def confirm_right(*, version: CardVersion, reason: str, by: Actor, at: datetime.datetime) -> int:
    """Say that a card is as right under the new words. It then rests on the articles that follow as well.

    Returns how many flags were closed. Raises SecondPersonNeeded; CardMoved when none is open (any more).
    """
    if not permissions.can_keep(by):
        raise SecondPersonNeeded("role")
    if by.user_id in version.writers:
        raise SecondPersonNeeded("author")
    flags = reading.flags_of(version)
    changes = reading.successors(flags)
    closed = CardFlag.objects.filter(pk__in=[flag.pk for flag in flags], closed_at=None).update(
        closed_at=at, outcome=CardFlag.Outcome.CONFIRMED, by_name=by.name[:50], reason=reason[:200]
    )
    if not flags or closed != len(flags):
        raise CardMoved
    held = CardArticle.objects.filter(version=version, article__in=[flag.article_id for flag in flags])
    CardArticle.objects.bulk_create(
        [
            CardArticle(version=version, citation_id=row.citation_id, article_id=after, found_at=at)
            for row in held
            if (change := changes.get(row.article_id)) and (after := change.successor_id)
        ],
        ignore_conflicts=True,
    )
    audit.record(stream=STREAM, action="confirm_card", by=by, at=at, subject=version.card, reason=reason)
    return closed
