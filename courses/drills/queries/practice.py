"""What there is to practise, the wrong-answer book grouped by article, bookmarks, runs."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from courses.drills.models import Bookmark, DrillAnswer, DrillSet, Mistake
from courses.drills.queries.reach import open_questions
from courses.drills.queries.subjects import Subject, cited_now
from courses.drills.rules.challenge import Run, stands
from lianbing.library.models import Article, Card, Law
from question_bank.models import CitedArticle, KnowledgePoint, Question, QuestionVersion
from question_bank.queries.cited import chunks
from question_bank.queries.drawing import POINT
from question_bank.rules.points import ancestors

RUNS = 10


@dataclass(frozen=True)
class Topic:
    """Something to practise. `count` questions are about it; `depth` is its place in a tree."""

    subject: Subject
    title: str
    count: int
    depth: int = 0


class Group(NamedTuple):
    """Wrong answers about one article; `article` None: about none."""

    article: int | None
    law: str
    label: str
    rows: list[Mistake]


def versions_in_use(questions: Collection[int]) -> dict[int, int]:
    """{question: its version in use}."""
    rows = Question.objects.filter(pk__in=list(questions), published_version__isnull=False)
    return dict(rows.order_by().values_list("pk", "published_version_id"))


def difficulties(versions: Collection[int]) -> dict[int, int]:
    """{version: difficulty, 1 to 5}."""
    wanted = sorted(versions)
    rows = (QuestionVersion.objects.filter(pk__in=part).order_by() for part in chunks(wanted))
    return {pk: difficulty for part in rows for pk, difficulty in part.values_list("pk", "difficulty")}


def _cited(at: datetime.datetime) -> QuerySet[CitedArticle]:
    return cited_now().filter(version__question__in=open_questions(at).values("pk"))


def laws(at: datetime.datetime) -> list[Topic]:
    """The laws that questions open to drills cite, those with most questions first. One statement."""
    rows = (
        _cited(at)
        .values("article__edition__law", "article__edition__law__title", "article__edition__law__subtitle")
        .annotate(count=Count("version__question", distinct=True))
        .values_list(
            "article__edition__law",
            "article__edition__law__title",
            "article__edition__law__subtitle",
            "count",
        )
    )
    found = [Topic(Subject("law", pk), f"{title} {part}".strip(), count) for pk, title, part, count in rows]
    return sorted(found, key=lambda one: (-one.count, one.title))


def articles(law: int, at: datetime.datetime) -> list[Topic]:
    """The articles of a law that questions cite, in their order. One statement."""
    rows = (
        _cited(at)
        .filter(article__edition__law=law, whole=False)
        .values("article__number", "article__suffix")
        .annotate(
            newest=Max("article"),
            label=Max("article__label"),
            count=Count("version__question", distinct=True),
        )
        .order_by("article__number", "article__suffix")
    )
    return [Topic(Subject("article", row["newest"]), row["label"], row["count"]) for row in rows]


def points(at: datetime.datetime) -> list[Topic]:
    """The tree of knowledge points with the questions of each and all below it. Two statements."""
    direct = dict(open_questions(at).order_by().values_list(POINT).annotate(count=Count("pk")))
    names = dict(KnowledgePoint.objects.order_by("name").values_list("name", "pk"))
    sums: Counter[str] = Counter()
    for name, pk in names.items():
        for one in (name, *ancestors(name)):
            sums[one] += direct.get(pk, 0)
    return [
        Topic(Subject("point", pk), name.rpartition("/")[2], sums[name], name.count("/"))
        for name, pk in names.items()
        if sums[name]
    ]


def title_of(subject: Subject) -> str:
    """What a subject is called; "" where there is none such."""
    found: Any
    if subject.kind == "law":
        found = Law.objects.filter(pk=subject.pk).first()
    elif subject.kind == "article":
        found = Article.objects.filter(pk=subject.pk).select_related("edition__law").first()
    elif subject.kind == "point":
        found = KnowledgePoint.objects.filter(pk=subject.pk).first()
    else:
        found = Card.objects.filter(pk=subject.pk, current__isnull=False).select_related("current").first()
        return found.current.name if found else ""
    return str(found) if found else ""


def book(officer_id: int, at: datetime.datetime) -> list[Mistake]:
    """What stands in the wrong-answer book and can be drilled, newest first; light rows. One statement."""
    return list(
        Mistake.objects.filter(
            officer=officer_id, cleared_at=None, question__in=open_questions(at).values("pk")
        )
        .select_related("question")
        .defer("question__search_text", "question__source")
    )


def _first_articles(versions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{version: the first article it cites}. One statement for 900."""
    found: dict[int, dict[str, Any]] = {}
    for part in chunks(sorted(versions)):
        rows = CitedArticle.objects.filter(version__in=part).order_by("-pk")
        named = rows.values(
            "version",
            "article",
            "whole",
            "article__label",
            "article__number",
            "article__suffix",
            "article__edition__law__title",
            "article__edition__law__subtitle",
        )
        found |= {row["version"]: dict(row) for row in named}
    return found


def by_article(mistakes: Collection[Mistake]) -> list[Group]:
    """The rows grouped by the first article their question rests on, in the order of laws and articles."""
    first = _first_articles(one.question.published_version_id or 0 for one in mistakes)
    groups: dict[tuple[str, int, int], list[Mistake]] = defaultdict(list)
    named: dict[tuple[str, int, int], tuple[int | None, str]] = {}
    for one in mistakes:
        row = first.get(one.question.published_version_id or 0)
        if row is None:
            key, about = ("", 0, 0), (None, "")
        else:
            law = f"{row['article__edition__law__title']} {row['article__edition__law__subtitle']}".strip()
            whole = row["whole"]
            key = (law, 0, 0) if whole else (law, row["article__number"], row["article__suffix"])
            about = (None, "") if whole else (row["article"], row["article__label"])
        groups[key].append(one)
        named[key] = about
    return [Group(named[key][0], key[0], named[key][1], groups[key]) for key in sorted(groups)]


def with_words(rows: Collection[Mistake] | Collection[Bookmark]) -> None:
    """Put the version in use on the question of each row. One statement."""
    wanted = {one.question.published_version_id for one in rows}
    known = QuestionVersion.objects.in_bulk([pk for pk in wanted if pk])
    for one in rows:
        if one.question.published_version_id:
            one.question.published_version = known[one.question.published_version_id]


def bookmarks(officer_id: int, at: datetime.datetime) -> QuerySet[Bookmark]:
    """The questions this officer keeps and a drill can reach, newest first."""
    reach = open_questions(at).values("pk")
    return Bookmark.objects.filter(officer=officer_id, question__in=reach).select_related(
        "question__published_version"
    )


def runs(officer_id: int) -> list[tuple[DrillSet, Run]]:
    """The last challenge runs, newest first, and where each stands. Two statements."""
    found = list(
        DrillSet.objects.filter(officer=officer_id, kind=DrillSet.Kind.CHALLENGE).order_by("-made_at", "-pk")[
            :RUNS
        ]
    )
    rights: dict[int, list[bool]] = defaultdict(list)
    rows = DrillAnswer.objects.filter(officer=officer_id, drill_set__in=found).order_by("at", "pk")
    for set_pk, right in rows.values_list("drill_set_id", "right"):
        rights[set_pk or 0].append(right)
    return [(one, stands(rights[one.pk], len(one.versions))) for one in found]


def progress_of(found: Collection[DrillSet]) -> dict[int, int]:
    """{set: how many of its questions were answered}. One statement."""
    rows = DrillAnswer.objects.filter(drill_set__in=[one.pk for one in found]).order_by()
    return dict(rows.values_list("drill_set_id").annotate(count=Count("version", distinct=True)))
