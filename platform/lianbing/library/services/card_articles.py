"""The articles that cards rest on: stored on saving and on approval, and later, as the library grows."""

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import CardArticle, CardCitation, CardVersion
from lianbing.library.ports import Waiting, WaitingSource, waiting_citations
from lianbing.library.queries import CitationResolver

SOURCE = "cards"


def note_articles(*, citations: Sequence[CardCitation], on: datetime.date, at: datetime.datetime) -> int:
    """Store the articles these citations mean on a day, those not stored yet. Returns how many citations
    mean any. The statements do not grow with the citations."""
    resolver = CitationResolver(on)
    resolver.prepare(one.text for one in citations)
    meant = {
        one: list(dict.fromkeys(a.pk for found in resolver.resolve_all(one.text) for a in found.articles))
        for one in citations
    }
    CardArticle.objects.bulk_create(
        [
            CardArticle(version_id=one.version_id, citation=one, article_id=article, found_at=at)
            for one, articles in meant.items()
            for article in articles
        ],
        ignore_conflicts=True,
    )
    return sum(bool(articles) for articles in meant.values())


def _open() -> Iterator[CardCitation]:
    newest = CardCitation.objects.filter(articles=None, version__card__current=F("version"))
    written = CardCitation.objects.filter(articles=None, version__approved_at=None)
    return iter((newest | written).select_related("version__card").order_by("pk"))


def _address(version: CardVersion) -> str:
    card = version.card
    return (
        reverse("library:card_desk_card", args=[card.code]) if version.is_draft else card.get_absolute_url()
    )


def _waiting() -> Iterator[Waiting]:
    """What cards in use and drafts cite in vain. A card shows the law of the day of reading."""
    for citation in _open():
        card = citation.version.card
        yield Waiting(
            str(citation.pk),
            citation.text,
            f"{card.code} {citation.version.name}"[:80],
            _address(citation.version),
        )


def _settle(at: datetime.datetime) -> int:
    waiting = list(_open())
    return note_articles(citations=waiting, on=timezone.localtime(at).date(), at=at) if waiting else 0


waiting_citations(WaitingSource(SOURCE, _("Handbook cards"), _waiting, _settle))
