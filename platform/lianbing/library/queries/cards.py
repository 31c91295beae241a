"""Reading cards: the list under words and filters, one card, what waits for the legal section."""

import datetime
from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianbing.library import ports
from lianbing.library.models import (
    ArticleChange,
    Card,
    CardArticle,
    CardCitation,
    CardFlag,
    CardPost,
    CardVersion,
    CaseCard,
)
from lianbing.library.ports import Citing
from lianbing.people.rules import EVERYONE


def flagged() -> Exists:
    """A card whose version in use rests on words that changed."""
    return Exists(CardFlag.objects.filter(version=OuterRef("current"), closed_at=None))


def items() -> list[str]:
    """The level-1 items of approved cards."""
    named = Card.objects.exclude(current=None).order_by("current__item")
    return list(named.values_list("current__item", flat=True).distinct())


def whole(versions: QuerySet[CardVersion]) -> QuerySet[CardVersion]:
    """Versions with their posts, citations and the articles these mean."""
    articles = CardArticle.objects.select_related("article__edition__law").defer(
        *(
            f"article__edition__{name}"
            for name in ("source_text", "headings", "preamble", "history", "doubts")
        )
    )
    return versions.select_related("card").prefetch_related(
        Prefetch("posts", CardPost.objects.select_related("post")),
        Prefetch("citations", CardCitation.objects.prefetch_related(Prefetch("articles", articles))),
    )


def cards_for(post: int | None, on: datetime.date) -> QuerySet[CardVersion]:
    """The approved versions in use at the end of a day that a post works by: its own and those for every post.

    `post`: the key of a post, None for somebody without one, who sees what is for everybody. A card that was
    withdrawn since is left out. Ordered by item and code; wrap it in `whole` to read posts and citations.
    """
    end = timezone.make_aware(datetime.datetime.combine(on + datetime.timedelta(days=1), datetime.time.min))
    approved = CardVersion.objects.filter(card=OuterRef("card"), approved_at__lt=end).order_by("-number")
    versions = CardVersion.objects.filter(pk=Subquery(approved.values("pk")[:1])).exclude(card__current=None)
    of_post = CardPost.objects.filter(version=OuterRef("pk"))
    own = Exists(of_post.filter(post=post)) if post is not None else Q(pk__in=[])
    return versions.filter(~Exists(of_post) | own).select_related("card").order_by("item", "card__code")


def current_of(code: str) -> CardVersion | None:
    """The approved version in use of a card; `flagged` says whether words it rests on changed, `told` whether
    any case is tied to it (one that is withdrawn counts)."""
    open_flags = Exists(CardFlag.objects.filter(version=OuterRef("pk"), closed_at=None))
    in_use = CardVersion.objects.filter(card__code=code, card__current=F("pk"))
    tied = Exists(CaseCard.objects.filter(card=OuterRef("card")))
    asked = {"flagged": open_flags, "told": tied}
    return whole(in_use.annotate(**asked)).first()


def on_the_way() -> QuerySet[Card]:
    """Cards with a version that is not approved: those that wait for the legal section first."""
    moving = (Card.State.DRAFT, Card.State.IN_REVIEW)
    drafts = Card.objects.filter(state__in=moving).select_related("latest")
    return drafts.order_by("-state", "-changed_at", "code")


def waiting() -> QuerySet[Card]:
    """Cards that lie with the legal section."""
    return (
        Card.objects.filter(state=Card.State.IN_REVIEW)
        .select_related("latest")
        .order_by("changed_at", "code")
    )


def withdrawn() -> QuerySet[Card]:
    """Cards that were taken out of use, the latest first."""
    return (
        Card.objects.filter(state=Card.State.WITHDRAWN)
        .select_related("latest")
        .order_by("-changed_at", "code")
    )


def changed() -> QuerySet[Card]:
    """Cards whose basis changed, waiting for the legal section."""
    return Card.objects.filter(flagged()).select_related("current", "latest").order_by("code")


def flags_of(version: CardVersion) -> list[CardFlag]:
    """The open flags of a version, with the article and the edition that changed it."""
    return list(
        version.flags.filter(closed_at=None)
        .select_related("article__edition__law", "edition__law")
        .defer(
            *(
                f"{path}__{name}"
                for path in ("article__edition", "edition")
                for name in ("source_text", "headings", "preamble", "history", "doubts")
            )
        )
    )


def successors(flags: Sequence[CardFlag]) -> dict[int, ArticleChange]:
    """What became of the article of each flag, by the article's key."""
    rows = ArticleChange.objects.filter(
        article__in=[flag.article_id for flag in flags],
        event__edition__in=[flag.edition_id for flag in flags],
    ).select_related("successor__edition__law", "event")
    wanted = {(flag.article_id, flag.edition_id, flag.event) for flag in flags}
    return {
        row.article_id: row
        for row in rows
        if (row.article_id, row.event.edition_id, row.event.kind) in wanted
    }


def unresolved(version: CardVersion) -> list[CardCitation]:
    """The citations of a version that lead nowhere."""
    return list(version.citations.filter(articles=None))


@ports.citing
def cards_citing(articles: Collection[int]) -> list[Citing]:
    """Cards in use that rest on these articles."""
    rows = (
        CardArticle.objects.filter(article__in=articles, version__card__current=F("version"))
        .select_related("version__card")
        .order_by("version__card__code")
    )
    seen: set[tuple[int, int]] = set()
    found = []
    for row in rows:
        key = (row.article_id, row.version_id)
        if key not in seen:
            seen.add(key)
            card = row.version.card
            found.append(
                Citing(
                    row.article_id,
                    "card",
                    _("Handbook card"),
                    f"{card.code} {row.version.name}",
                    card.get_absolute_url(),
                    uid=card.code,
                    seen_by=EVERYONE,
                )
            )
    return found
