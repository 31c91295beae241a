"""Questions whose law has changed: what no draw may reach, what waits for a person, what is in question."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from lianbing.library.models import ArticleChange, LawEvent
from lianbing.library.queries.amendments import lapsed
from question_bank.models import CitedArticle, LawReview, Pool, Question, QuestionBank, QuestionVersion
from question_bank.queries.cited import chunks, versions_citing, with_articles

Event = tuple[int, str]
CONFIRMED = LawReview.Outcome.CONFIRMED


class Waiting(NamedTuple):
    """One changed article and the questions in use that cite it and wait for a person."""

    change: ArticleChange
    questions: list[Question]


def stopped(on: datetime.date) -> QuerySet[Any]:
    """The ids of versions that mean an article whose words do not hold on a day, unconfirmed. A subquery.

    A version that cites a whole law is stopped when the law goes, not when some of its words change.
    """
    said = LawReview.objects.filter(
        version=OuterRef(OuterRef("version_id")),
        article=OuterRef("article_id"),
        edition=OuterRef("event__edition_id"),
        event=OuterRef("event__kind"),
        outcome=CONFIRMED,
    )
    changed = lapsed(on).filter(article=OuterRef("article_id")).exclude(Exists(said))
    return (
        CitedArticle.objects.filter(Q(Exists(changed), whole=False) | _without_law(on))
        .order_by()
        .values("version_id")
    )


def _without_law(on: datetime.date) -> Q:
    """Citations of a whole law that is gone, unless a person said that the question is right all the same."""
    gone = lapsed(on).filter(event__kind=LawEvent.Kind.REPEALED).values("article__edition")
    said = LawReview.objects.filter(
        version=OuterRef("version_id"),
        article__edition=OuterRef("article__edition_id"),
        event=LawEvent.Kind.REPEALED,
        outcome=CONFIRMED,
    )
    return Q(~Exists(said), whole=True, article__edition__in=gone)


def is_stopped(version: QuestionVersion, on: datetime.date) -> bool:
    """Whether a version waits because of its law."""
    return stopped(on).filter(version=version).exists()


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
    when = {"on__gt": on} if coming else {"on__lte": on}
    changes = ArticleChange.objects.filter(**when)
    versions = _in_use(bank, pools).values("published_version")
    cited = CitedArticle.objects.filter(version__in=versions).order_by()
    asked = Q(pk__in=_asked_by_name(cited, **when)) | Q(pk__in=_asked_as_a_whole(changes, cited))
    return _with_articles(ArticleChange.objects.filter(asked))


def _asked_by_name(cited: QuerySet[CitedArticle], **when: datetime.date) -> QuerySet[Any]:
    """The ids of the changes of articles that these citations name and nobody has confirmed.

    From the citations to the changes: a bank has fewer of those than a library changes articles.
    """
    said = LawReview.objects.filter(
        version=OuterRef("version_id"),
        article=OuterRef("article_id"),
        edition=OuterRef("article__changes__event__edition_id"),
        event=OuterRef("article__changes__event__kind"),
        outcome=CONFIRMED,
    )
    days = {f"article__changes__{name}": day for name, day in when.items()}
    return cited.filter(~Exists(said), whole=False, **days).values("article__changes")


def _asked_as_a_whole(changes: QuerySet[ArticleChange], cited: QuerySet[CitedArticle]) -> list[int]:
    """The first change of each event in an edition cited as a whole, unless it was confirmed. Three statements.

    Laws cited as a whole are few, so that this is worked out here; one statement for all would look at
    every citation of a whole law for every change.
    """
    citing: dict[int, set[int]] = defaultdict(set)
    for edition, version in cited.filter(whole=True).values_list("article__edition", "version_id"):
        citing[edition].add(version)
    if not citing:
        return []
    said: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    reviews = LawReview.objects.filter(article__edition__in=citing, outcome=CONFIRMED).order_by()
    for of, edition, event, version in reviews.values_list(
        "article__edition", "edition_id", "event", "version_id"
    ):
        said[of, edition, event].add(version)
    firsts = _firsts(changes.filter(article__edition__in=citing))
    rows = firsts.values_list("article__edition", "event__edition", "event__kind", "first")
    return [first for of, edition, event, first in rows if citing[of] - said[of, edition, event]]


def _firsts(changes: QuerySet[ArticleChange]) -> QuerySet[Any]:
    """One change, always the same, for each event and edition: what cites the whole law stands under it."""
    return changes.order_by().values("event", "article__edition").annotate(first=Min("pk"))


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
    """The questions in use that wait for these changes, beside each, with all they cite.

    Those that name the article; under the first change of an edition also those that cite its whole law.
    """
    citing = _by_name({change.article_id for change in changes}, bank, pools)
    heads = _first_changes(changes)
    whole = _as_a_whole({change.article.edition_id for change in changes if change.pk in heads}, bank, pools)
    said, said_of_law = confirmed_for(changes)
    found = []
    for change in changes:
        by_name = [
            question
            for question in citing[change.article_id]
            if (question.published_version_id, change.article_id, *key_of(change)) not in said
        ]
        edition = change.article.edition_id
        as_a_whole = [
            question
            for question in (whole[edition] if change.pk in heads else [])
            if (question.published_version_id, edition, *key_of(change)) not in said_of_law
        ]
        both = {question.pk: question for question in [*by_name, *as_a_whole]}
        found.append(Waiting(change, [both[pk] for pk in sorted(both)]))
    return found


def key_of(change: ArticleChange) -> Event:
    """What a review remembers of a change: the edition and whether it came or went."""
    return change.event.edition_id, change.event.kind


Said = set[tuple[int | None, int, int, str]]


def confirmed_for(changes: Collection[ArticleChange]) -> tuple[Said, Said]:
    """(version, article, edition, event) of what a person confirmed about these changes; and the same with
    the edition of the article in its place, for those that cite the whole law."""
    said = LawReview.objects.filter(
        article__edition__in={change.article.edition_id for change in changes}, outcome=CONFIRMED
    ).order_by()
    rows = list(said.values_list("version_id", "article_id", "article__edition", "edition_id", "event"))
    return (
        {(version, article, edition, event) for version, article, _of, edition, event in rows},
        {(version, of, edition, event) for version, _article, of, edition, event in rows},
    )


def _first_changes(changes: Collection[ArticleChange]) -> set[int]:
    """Of these changes, those that are the first of their event in an edition."""
    rows = ArticleChange.objects.filter(
        event__in={change.event_id for change in changes},
        article__edition__in={change.article.edition_id for change in changes},
    )
    return set(_firsts(rows).values_list("first", flat=True))


def _by_name(
    articles: Collection[int], bank: QuestionBank | None, pools: Collection[str]
) -> dict[int, list[Question]]:
    rows = CitedArticle.objects.filter(article__in=articles, whole=False)
    return _questions_by(rows.values_list("article_id", "version_id"), bank, pools)


def _as_a_whole(
    editions: Collection[int], bank: QuestionBank | None, pools: Collection[str]
) -> dict[int, list[Question]]:
    rows = CitedArticle.objects.filter(article__edition__in=editions, whole=True)
    return _questions_by(rows.values_list("article__edition", "version_id"), bank, pools)


def _questions_by(
    rows: QuerySet[Any, tuple[int, int]], bank: QuestionBank | None, pools: Collection[str]
) -> dict[int, list[Question]]:
    """The questions in use by the first of (what is cited, version)."""
    versions: dict[int, set[int]] = defaultdict(set)
    for cited, version in rows.order_by():
        versions[version].add(cited)
    found: dict[int, list[Question]] = defaultdict(list)
    for question in _loaded(versions, bank, pools):
        for cited in versions[question.published_version_id or 0]:
            found[cited].append(question)
    return found


def _loaded(versions: Collection[int], bank: QuestionBank | None, pools: Collection[str]) -> list[Question]:
    """The questions that have these versions in use, with what a page shows of them."""
    return [
        question
        for part in chunks(sorted(versions))
        for question in _in_use(bank, pools)
        .filter(published_version__in=part)
        .select_related("bank", "published_version__knowledge_point")
        .prefetch_related(with_articles("published_version__citations"))
        .order_by("bank", "pk")
    ]


def versions_in_use_citing(articles: Collection[int]) -> dict[int, set[int]]:
    """The versions in use that mean these articles -> which of them (see `versions_citing`)."""
    return versions_citing(articles, _in_use(None, Pool.values).values("published_version"))
