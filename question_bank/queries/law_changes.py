"""Questions whose law has changed: what no draw may reach, what waits for a person, what is in question."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from lianbing.library.models import ArticleChange
from lianbing.library.queries.amendments import lapsed
from question_bank.models import Citation, LawReview, Pool, Question, QuestionBank, QuestionVersion

CHUNK = 900


class Waiting(NamedTuple):
    """One changed article and the questions in use that cite it and wait for a person."""

    change: ArticleChange
    questions: list[Question]


def _confirmed(version: Any, article: Any) -> QuerySet[LawReview]:
    """What a person said about a version, an article and the change the outer query stands at."""
    return LawReview.objects.filter(
        version=version,
        article=article,
        edition=OuterRef("event__edition_id"),
        event=OuterRef("event__kind"),
        outcome=LawReview.Outcome.CONFIRMED,
    )


def stopped(on: datetime.date) -> QuerySet[Any]:
    """The ids of versions that cite an article whose words do not hold on a day, unconfirmed. A subquery."""
    said = _confirmed(OuterRef(OuterRef("version_id")), OuterRef("article_id"))
    changed = lapsed(on).filter(article=OuterRef("article_id")).exclude(Exists(said))
    return Citation.objects.filter(Exists(changed), article__isnull=False).order_by().values("version_id")


def is_stopped(version: QuestionVersion, on: datetime.date) -> bool:
    """Whether a version waits because of its law."""
    return stopped(on).filter(version=version).exists()


def stopped_on(versions: Collection[int], on: datetime.date) -> set[int]:
    """Of these versions, those that wait because of their law."""
    return set(stopped(on).filter(version__in=versions).values_list("version_id", flat=True))


def waiting_count(on: datetime.date, pools: Collection[str]) -> int:
    """How many questions in use wait because of their law."""
    return _in_use(None, pools).filter(published_version__in=stopped(on)).count()


def waiting_changes(
    on: datetime.date,
    *,
    bank: QuestionBank | None = None,
    pools: Collection[str],
    coming: bool = False,
) -> QuerySet[ArticleChange]:
    """The changes in effect that questions in use still wait for, by day, law and article.

    `coming`: instead, those of the days ahead, so that a person can look at them beforehand.
    """
    in_use = _in_use(bank, pools)
    changes = ArticleChange.objects.filter(on__gt=on) if coming else lapsed(on)
    cited = Citation.objects.filter(version__in=in_use.values("published_version"), article__isnull=False)
    said = LawReview.objects.filter(
        version=OuterRef("version_id"),
        article=OuterRef("article_id"),
        edition=OuterRef(OuterRef("event__edition_id")),
        event=OuterRef(OuterRef("event__kind")),
        outcome=LawReview.Outcome.CONFIRMED,
    )
    open_still = cited.filter(article=OuterRef("article_id")).exclude(Exists(said))
    return _with_articles(
        changes.filter(article__in=cited.order_by().values("article")).filter(Exists(open_still))
    )


def _in_use(bank: QuestionBank | None, pools: Collection[str]) -> QuerySet[Question]:
    found = Question.objects.filter(published_version__isnull=False, pool__in=pools)
    return found if bank is None else found.filter(bank=bank)


def _with_articles(changes: QuerySet[ArticleChange]) -> QuerySet[ArticleChange]:
    heavy = [
        f"{path}__edition__{name}"
        for path in ("article", "successor")
        for name in ("source_text", "headings", "preamble", "history", "doubts")
    ]
    return (
        changes.select_related("article__edition__law", "successor__edition__law", "event__edition__law")
        .defer(*heavy, *(f"event__edition__{h.rpartition('__')[2]}" for h in heavy[:5]))
        .order_by("on", "article__edition__law__title", "article__position", "pk")
    )


def waiting(
    changes: Collection[ArticleChange], *, bank: QuestionBank | None = None, pools: Collection[str]
) -> list[Waiting]:
    """The questions in use that wait for these changes, beside each. Two statements."""
    citing = in_use_citing({change.article_id for change in changes}, bank=bank, pools=pools)
    said = confirmed_for(changes)
    return [
        Waiting(
            change,
            [
                question
                for question in citing[change.article_id]
                if (question.published_version_id, change.article_id, *key_of(change)) not in said
            ],
        )
        for change in changes
    ]


def key_of(change: ArticleChange) -> tuple[int, str]:
    """What a review remembers of a change: the edition and whether it came or went."""
    return change.event.edition_id, change.event.kind


def confirmed_for(changes: Collection[ArticleChange]) -> set[tuple[int | None, int, int, str]]:
    """(version, article, edition, event) of everything a person confirmed about these changes."""
    said = LawReview.objects.filter(
        article__in={change.article_id for change in changes}, outcome=LawReview.Outcome.CONFIRMED
    )
    return set(said.order_by().values_list("version_id", "article_id", "edition_id", "event"))


def in_use_citing(
    articles: Collection[int],
    *,
    bank: QuestionBank | None = None,
    pools: Collection[str] = frozenset(Pool.values),
) -> dict[int, list[Question]]:
    """The questions whose version in use cites these articles, by article; a statement for 900 articles."""
    found: dict[int, list[Question]] = defaultdict(list)
    wanted = sorted(set(articles))
    for start in range(0, len(wanted), CHUNK):
        rows = (
            _in_use(bank, pools)
            .filter(published_version__citations__article__in=wanted[start : start + CHUNK])
            .annotate(cited=F("published_version__citations__article"))
            .select_related("bank", "published_version__knowledge_point")
            .order_by("bank", "pk")
            .distinct()
        )
        for question in rows:
            found[question.cited].append(question)  # type: ignore[attr-defined]  # annotated above
    return found


def versions_citing(articles: Collection[int]) -> dict[int, set[int]]:
    """Every version, of whatever state, that cites one of these articles -> the articles it cites."""
    found: dict[int, set[int]] = defaultdict(set)
    wanted = sorted(set(articles))
    for start in range(0, len(wanted), CHUNK):
        rows = Citation.objects.filter(article__in=wanted[start : start + CHUNK]).order_by()
        for version, article in rows.values_list("version_id", "article_id"):
            found[version].add(article)
    return found


def review_of(version: QuestionVersion) -> list[LawReview]:
    """What was said about this version after changes of its law, oldest first."""
    return list(
        version.law_reviews.select_related("article__edition__law", "successor__edition__law").order_by(
            "opened_at", "pk"
        )
    )
