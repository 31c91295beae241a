"""Cards in the search index."""

from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import CardVersion
from lianbing.library.ports import Found, Searchable, searchable
from lianbing.library.rules.cards import LISTS
from lianbing.library.services import indexing

CARDS = "cards"


def _found(version: CardVersion) -> Found:
    """What the box looks through: the code and every part of the card, a line each."""
    named = ("item", "violation", "seen", "grades", "steps", *LISTS)
    lines = [version.card.code, *(getattr(version, name) for name in named)]
    lines += [citation.text for citation in version.citations.all()]
    text = "\n".join(line for line in lines if line)
    day = timezone.localtime(version.approved_at).date() if version.approved_at else None
    return Found(str(version.card_id), version.name, text, version.card.get_absolute_url(), day)


def _in_use() -> Iterable[CardVersion]:
    current = CardVersion.objects.filter(card__current=F("pk"))
    return current.select_related("card").prefetch_related("citations")


def _everything() -> Iterable[Found]:
    return [_found(version) for version in _in_use()]


searchable(Searchable(CARDS, _("Handbook cards"), _everything))


def index_card(*, version: CardVersion) -> None:
    """Let the box find a card under the words in use."""
    indexing.put_entry(source=CARDS, found=_found(version))


def forget_card(*, card: int) -> None:
    """Let the box find a card (its primary key) no more."""
    indexing.drop_entry(source=CARDS, key=str(card))
