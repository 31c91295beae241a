"""Reading the case library: the list, one case, the cases of a card, of questions, of articles."""

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import pgettext_lazy

from lianbing.library import ports
from lianbing.library.models import Card, CaseArticle, CaseCard, CaseStory
from lianbing.library.ports import Citing
from lianbing.library.queries.card_lookup import asked_words
from lianbing.library.queries.search.finding import groups
from lianbing.people.rules import EVERYONE

LONG = ("facts", "outcome", "basis", "search_text")
SHOWN = 5


def readable() -> QuerySet[CaseStory]:
    """Cases that are approved and not withdrawn, newest first."""
    return CaseStory.objects.filter(state=CaseStory.State.APPROVED, withdrawal=None)


def cases(*, words: str = "", kind: str = "", card: str = "") -> QuerySet[CaseStory]:
    """Readable cases that hold every word or a synonym of it, of a kind, tied to a card (its code)."""
    found = readable().prefetch_related(_cards()).defer(*LONG)
    if kind:
        found = found.filter(kind=kind)
    if card:
        found = found.filter(tied_cards__card__code=card)
    for variants in asked_words(words, groups()) if words.strip() else ():
        either = Q()
        for one in variants:
            either |= Q(search_text__contains=one)
        found = found.filter(either)
    return found


def _cards() -> "Prefetch[str]":
    tied = CaseCard.objects.exclude(card__current=None).select_related("card__current")
    return Prefetch("tied_cards", tied.only("story", "card__code", "card__current__name"))


def case_of(uid: uuid.UUID) -> CaseStory | None:
    """One case in whatever state, with its cards, its questions and what became of it."""
    whole = CaseStory.objects.select_related("withdrawal", "replaces", "successor")
    return whole.prefetch_related(_cards(), "questions").filter(uid=uid).first()


def cases_of_card(card: int) -> list[CaseStory]:
    """The newest readable cases tied to a card (its primary key). One statement."""
    return list(readable().filter(tied_cards__card=card).defer(*LONG)[:SHOWN])


def cases_of_question(key: str) -> list[CaseStory]:
    """The newest readable cases that ask a question, by its key at the source of short checks. One statement."""
    return list(readable().filter(questions__key=key).defer(*LONG)[:SHOWN])


def on_the_way() -> QuerySet[CaseStory]:
    """Cases that are not approved: those that wait for the legal section first."""
    drafts = CaseStory.objects.exclude(state=CaseStory.State.APPROVED).defer(*LONG)
    return drafts.order_by("-state", "-changed_at", "-pk")


def waiting() -> QuerySet[CaseStory]:
    """Cases that lie with the legal section, the longest waiting first."""
    found = CaseStory.objects.filter(state=CaseStory.State.IN_REVIEW).defer(*LONG)
    return found.order_by("changed_at", "pk")


def cards_to_tie(codes: Sequence[str]) -> dict[str, Card]:
    """Cards in use by these codes. One statement."""
    found = Card.objects.filter(code__in=codes).exclude(current=None).select_related("current")
    return {card.code: card for card in found.defer("search_text")}


@ports.citing
def cases_citing(articles: Collection[int]) -> list[Citing]:
    """Readable cases whose basis means these articles."""
    rows = CaseArticle.objects.filter(article__in=articles, story__in=readable()).select_related("story")
    word = pgettext_lazy("library", "Case")
    return [
        Citing(
            row.article_id,
            "case",
            word,
            row.story.title,
            row.story.get_absolute_url(),
            uid=str(row.story.uid),
            seen_by=EVERYONE,
        )
        for row in rows.order_by("-story__dated", "pk")
    ]
