"""The trainer's desk: a bank's questions under every filter, in a fixed number of statements."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, StrIndex
from django.utils import timezone

from lianbing.kit import clock
from lianbing.people.rules import Actor
from question_bank.models import (
    Citation,
    ErrorReport,
    KnowledgePoint,
    LawReview,
    Question,
    QuestionBank,
    QuestionUse,
    QuestionVersion,
    Twin,
)
from question_bank.permissions import pools_for
from question_bank.queries.law_changes import stopped
from question_bank.queries.reading import reachable
from question_bank.rules.points import ancestors, path_key

WORDS_LIMIT = 8
# Long columns that no list shows.
UNSEEN = ("search_text", "source", "latest__key", "latest__explanation", "latest__writers")
FAR = datetime.timedelta(days=365)
SEASON = datetime.timedelta(days=90)
MONTH = datetime.timedelta(days=30)
ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-changed_at", "-pk"),
    "used": ("-times_used", "-pk"),
    "hardest": ("-latest__difficulty", "-pk"),
}
WAITING = (Question.State.IN_REVIEW, Question.State.REVIEWED)


@dataclass(frozen=True)
class Wanted:
    """What a list of questions is narrowed to; empty = not at all. Codes as in `ORDERS`, `SEEN`, `FLAGS`.

    `point` takes in all that lies below it; `law` is a title as citations name it; `used_in` the id of an exam.
    """

    text: str = ""
    point: int | None = None
    law: str = ""
    kind: str = ""
    difficulty: int | None = None
    pool: str = ""
    state: str = ""
    used_in: str = ""
    seen: str = ""
    flag: str = ""
    sort: str = "newest"


def search(
    bank: QuestionBank, *, actor: Actor, at: datetime.datetime | None = None, **wanted: Any
) -> QuerySet[Question]:
    """The bank's questions that fit `Wanted(**wanted)`; every word of the text must occur somewhere in them.

    `at` (None: now) is the moment "last seen" and changes of law are counted from.
    """
    asked = Wanted(**wanted)
    found = narrowed(reachable(actor).filter(bank=bank), asked, actor, at or clock.now())
    return found.select_related("latest__knowledge_point").order_by(*ORDERS[asked.sort])


def page_of(found: QuerySet[Question], number: str | int | None, size: int) -> Page:
    """One page of a list, with the newest versions. Three statements.

    Only ids are counted and sorted; whole rows are read for the page alone, which makes a far page as cheap
    as the first.
    """
    page: Page[Any] = Paginator(found.values_list("pk", flat=True), size).get_page(number)
    pks = list(page.object_list)
    rows = Question.objects.select_related("latest__knowledge_point").defer(*UNSEEN).in_bulk(pks)
    page.object_list = [rows[pk] for pk in pks if pk in rows]
    return page


def narrowed(
    found: QuerySet[Question], asked: Wanted, actor: Actor, at: datetime.datetime
) -> QuerySet[Question]:
    """The same questions, those that fit."""
    for word in asked.text.casefold().split()[:WORDS_LIMIT]:
        found = found.filter(search_text__contains=word)
    own = {"pool": asked.pool, "state": asked.state}
    found = found.filter(**{field: value for field, value in own.items() if value})
    says = {"kind": asked.kind, "difficulty": asked.difficulty}
    said: dict[str, Any] = {field: value for field, value in says.items() if value}
    if asked.point:
        said["knowledge_point__in"] = points_within(asked.point)
    if said:
        found = found.filter(_newest(**said))
    if asked.law:
        found = found.filter(latest__in=_versions_citing(law_title=asked.law))
    if asked.used_in:
        found = found.filter(
            pk__in=QuestionUse.objects.filter(used_in=asked.used_in).order_by().values("question")
        )
    if asked.seen:
        found = found.filter(SEEN[asked.seen](at))
    if asked.flag:
        found = found.filter(FLAGS[asked.flag](actor, timezone.localtime(at).date()))
    return found


def _newest(**of: Any) -> Q:
    """Questions whose newest version is like this. A list of versions from an index, instead of 10,000 joins."""
    return Q(latest__in=QuestionVersion.objects.filter(**of).order_by().values("pk"))


def points_within(point: int) -> QuerySet[Any]:
    """The ids of a point, of all below it, and of what was merged into them. A subquery.

    The same as `rules.points.within`, told of paths that end in a slash.
    """
    every = KnowledgePoint.with_merged.order_by()
    root = Concat(Subquery(every.filter(pk=point).values("name")), Value("/"))
    starts = StrIndex(Concat("name", Value("/")), root)
    return every.alias(starts=starts).filter(starts=1).values("pk")


def _versions_citing(**of: Any) -> QuerySet[Any]:
    return Citation.objects.filter(**of).order_by().values("version")


SEEN: dict[str, Callable[[datetime.datetime], Q]] = {
    "never": lambda at: Q(last_used_at=None),
    "not_90": lambda at: Q(last_used_at=None) | Q(last_used_at__lt=at - SEASON),
    "not_365": lambda at: Q(last_used_at=None) | Q(last_used_at__lt=at - FAR),
    "within_30": lambda at: Q(last_used_at__gte=at - MONTH),
}


def _reported(actor: Actor, day: datetime.date) -> Q:
    waiting = ErrorReport.objects.filter(answered_at=None).order_by()
    return Q(pk__in=waiting.values("version__question"))


def _twin(actor: Actor, day: datetime.date) -> Q:
    pools = pools_for(actor)
    pairs = Twin.objects.filter(settled_at=None, older__pool__in=pools, newer__pool__in=pools).order_by()
    pairs = pairs.exclude(Q(older__state=Question.State.RETIRED) | Q(newer__state=Question.State.RETIRED))
    return Q(pk__in=pairs.values("older")) | Q(pk__in=pairs.values("newer"))


def _law_changed(actor: Actor, day: datetime.date) -> Q:
    reviews = LawReview.objects.filter(closed_at=None).order_by()
    return Q(published_version__in=stopped(day)) | Q(published_version__in=reviews.values("version"))


def _no_citation(actor: Actor, day: datetime.date) -> Q:
    needs = Q(latest__knowledge_point=None) | Q(latest__knowledge_point__cites_none=False)
    return needs & Q(~Exists(Citation.objects.filter(version=OuterRef("latest"))))


FLAGS: dict[str, Callable[[Actor, datetime.date], Q]] = {
    "waiting": lambda actor, day: Q(state__in=WAITING),
    "reported": _reported,
    "twin": _twin,
    "law_changed": _law_changed,
    "no_citation": _no_citation,
    "unresolved": lambda actor, day: Q(latest__in=_versions_citing(gap__isnull=False)),
    "no_explanation": lambda actor, day: _newest(explanation=""),
    "no_point": lambda actor, day: _newest(knowledge_point=None),
    "no_key": lambda actor, day: _newest(keyless=True),
}


@dataclass(frozen=True)
class PointCount:
    """A knowledge point and how many of the bank's questions are on it or below it."""

    pk: int
    name: str
    count: int


@dataclass(frozen=True)
class Facets:
    """What a bank can be narrowed by: points in the order of the tree, titles of laws, exams newest first."""

    points: list[PointCount]
    laws: list[str]
    exams: list[tuple[str, str]]


def facets(bank: QuestionBank, actor: Actor) -> Facets:
    """The choices of the filters. Five statements, whatever the size of the bank."""
    newest = reachable(actor).filter(bank=bank).order_by().values("latest")
    laws = _from_index(Citation.objects.order_by(), "version_id", newest)
    titles = laws.values_list("law_title", flat=True).distinct()
    return Facets(_points(newest), sorted(title for title in titles if title), _exams(bank))


def _from_index(rows: QuerySet[Any], column: str, newest: QuerySet[Any]) -> QuerySet[Any]:
    """Rows about the newest versions. The sum keeps SQLite from looking up 10,000 rows one by one.

    It reads a covering index from end to end instead, which takes half the time.
    """
    return rows.alias(about=F(column) + 0).filter(about__in=newest)


def _points(newest: QuerySet[Any]) -> list[PointCount]:
    versions = _from_index(QuestionVersion.objects.order_by(), "pk", newest)
    counted = dict(versions.values_list("knowledge_point").annotate(count=Count("pk")))
    rows = list(KnowledgePoint.with_merged.order_by().values_list("pk", "name", "merged_into"))
    totals: Counter[str] = Counter()
    for pk, name, _merged in rows:
        for path in (*ancestors(name), name) if counted.get(pk) else ():
            totals[path] += counted[pk]
    standing = ((pk, name) for pk, name, merged in rows if merged is None and totals[name])
    return [
        PointCount(pk, name, totals[name]) for pk, name in sorted(standing, key=lambda one: path_key(one[1]))
    ]


def _exams(bank: QuestionBank) -> list[tuple[str, str]]:
    """The exams that drew from the bank. An exam draws from one bank, so any question tells which."""
    used = (
        QuestionUse.objects.order_by()
        .values("used_in", "title")
        .annotate(one=Max("question"), last=Max("used_at"))
    )
    rows = sorted(used, key=lambda row: row["last"], reverse=True)
    here = set(
        Question.objects.filter(bank=bank, pk__in={row["one"] for row in rows}).values_list("pk", flat=True)
    )
    return [(str(row["used_in"]), row["title"]) for row in rows if row["one"] in here]
