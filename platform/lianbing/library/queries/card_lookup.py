"""Finding a card from what somebody types in the street: a code, a name, what they see, a whole sentence."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Replace, Upper

from lianbing.kit import bigrams
from lianbing.library.models import Card
from lianbing.library.queries.cards import flagged
from lianbing.library.queries.search.finding import groups
from lianbing.library.rules import search_words
from lianbing.library.rules.search_words import Groups

MOST_WORDS, LONGEST_WORD = 8, 40
LIKELY = 12
# A card is offered for a sentence when it holds this share of what tells cards apart in it, of the best card.
ALIKE = 0.4
LONG = (
    "bounds",
    "grades",
    "steps",
    "evidence",
    "documents",
    "phrases",
    "mistakes",
    "risks",
    "equipment",
)
_CODE = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*\d[a-z0-9]*|\d{3,}[a-z0-9]*")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Hits:
    """Cards in the order to be shown. `likely`: no card holds all words, these come closest.

    `same`: words with what was looked for as well, because the legal section says it means the same.
    """

    cards: QuerySet[Card] | list[Card]
    likely: bool = False
    same: Sequence[tuple[str, tuple[str, ...]]] = ()


def asked_words(words: str, same: Groups) -> list[tuple[str, ...]]:
    """Every word with all that counts as the same, the word itself first."""
    typed = [word[:LONGEST_WORD] for word in _NO_LETTER.split(bigrams.fold(words)) if word]
    return [search_words.variants(word, same) for word in dict.fromkeys(typed[:MOST_WORDS])]


def bare_code(words: str) -> str:
    """What may be a code as it is compared: sr 01 01, ＳＲ-0101 and SR0101 are one; "" where it cannot be one."""
    folded = _NO_LETTER.sub("", bigrams.fold(words))
    return folded.upper() if _CODE.fullmatch(folded) else ""


def card_by_code(words: str) -> Card | None:
    """The one card in use with this code, whatever parts it; else None. Two statements at most."""
    typed = bigrams.fold(words).replace("\x00", "").strip()[:40]
    if not typed:
        return None
    used = Card.objects.exclude(current=None)
    if (exact := used.filter(code__iexact=typed).first()) is not None:
        return exact
    bare = bare_code(words)
    found = list(_coded(used, bare=bare)[:2]) if bare else []
    return found[0] if len(found) == 1 else None


def _in_use() -> QuerySet[Card]:
    found = Card.objects.exclude(current=None).select_related("current").annotate(flagged=flagged())
    return found.defer("search_text", *(f"current__{name}" for name in LONG))


def _coded(cards: QuerySet[Card], **bare: str) -> QuerySet[Card]:
    """Cards whose code, without what parts it, fits."""
    return cards.annotate(bare=Upper(Replace(Replace("code", Value("-")), Value("_")))).filter(**bare)


def look_up(*, words: str = "", item: str = "", post: int | None = None) -> Hits:
    """Cards in use that hold every word or what means the same, names first; else those a sentence is likest to.

    `item`, `post` (primary key): only cards of this heading, of this post or of every post. A handful of statements.
    """
    found = _in_use()
    if item:
        found = found.filter(current__item=item)
    if post:
        found = found.filter(Q(current__posts=None) | Q(current__posts__post=post)).distinct()
    synonyms = groups() if words.strip() else []
    wanted = asked_words(words, synonyms)
    if not wanted:
        return Hits(found.order_by("code"))
    same = [(word[0], word[1:]) for word in wanted if len(word) > 1]
    if bare := bare_code(words):
        coded = _coded(found, bare__startswith=bare).order_by("code")
        if coded.exists():
            return Hits(coded)
    narrowed = found.filter(_holds("search_text", wanted))
    named = Case(
        When(_holds("current__name", wanted), then=0),
        When(_holds("current__seen", wanted), then=1),
        default=2,
    )
    if narrowed.exists():
        return Hits(narrowed.annotate(place=named).order_by("place", "code"), same=same)
    return Hits(_likeliest(found, wanted), likely=True, same=same)


def _holds(field: str, wanted: Sequence[Sequence[str]]) -> Q:
    """Every word, in one of its variants, stands in this field."""
    every = Q()
    for variants in wanted:
        either = Q()
        for one in variants:
            either |= Q(**{f"{field}__icontains" if field != "search_text" else f"{field}__contains": one})
        every &= either
    return every


def _likeliest(found: QuerySet[Card], wanted: Sequence[Sequence[str]]) -> list[Card]:
    """The cards that hold most of the pairs of characters of a sentence, rare pairs counting more. Two statements."""
    pairs = {one[at : at + 2] for variants in wanted for one in variants for at in range(len(one) - 1)}
    texts = dict(Card.objects.exclude(current=None).values_list("pk", "search_text")) if pairs else {}
    holders = {pair: [pk for pk, text in texts.items() if pair in text] for pair in pairs}
    scores: dict[int, float] = {}
    for cards in holders.values():
        for pk in cards:
            scores[pk] = scores.get(pk, 0) + math.log(1 + len(texts) / len(cards))
    ranked = sorted(scores, key=lambda pk: (-scores[pk], pk))[:LIKELY]
    good = [pk for pk in ranked if scores[pk] >= ALIKE * scores[ranked[0]]]
    by_pk = {card.pk: card for card in found.filter(pk__in=good)}
    return [by_pk[pk] for pk in good if pk in by_pk]
