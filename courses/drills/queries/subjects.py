"""Which questions are about a law, an article, a knowledge point, a card: of those a drill can reach.

An article is itself in every edition of its law, since questions move on with their law; a knowledge point
is itself with all below it; a card is the articles its version in use rests on.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from courses.drills.queries.reach import open_questions
from lianbing.library.models import Article, CardArticle
from question_bank.models import CitedArticle, Question
from question_bank.queries.cited import chunks
from question_bank.queries.drawing import POINT, points_below

KINDS = ("law", "article", "point", "card")
Place = tuple[int, int, int]  # law, number and suffix of an article, through all editions of its law


class Subject(NamedTuple):
    """What to practise: `kind` is law, article, point or card."""

    kind: str
    pk: int


def questions_about(subjects: Collection[Subject], at: datetime.datetime) -> dict[Subject, set[int]]:
    """The questions of each subject that drills can reach at a moment. At most nine statements."""
    found: dict[Subject, set[int]] = {subject: set() for subject in subjects}
    wanted = {kind: {one.pk for one in subjects if one.kind == kind} for kind in KINDS}
    places = {**_places_of_articles(wanted["article"]), **_places_of_cards(wanted["card"])}
    for subject, question in (*_by_law(wanted["law"]), *_by_place(places), *_by_point(wanted["point"])):
        found[subject].add(question)
    within_reach = reachable(set().union(*found.values()), at)
    return {subject: questions & within_reach for subject, questions in found.items()}


def card_has_questions(card: int, at: datetime.datetime) -> bool:
    """Whether a drill can reach a question about a card (its primary key). One statement, for every opened card."""
    places = CardArticle.objects.filter(version__card=card, version__card__current=F("version")).order_by()
    fields = ("article__edition__law", "article__number", "article__suffix")
    rows = cited_now().filter(
        Exists(places.filter(**{field: OuterRef(field) for field in fields})),
        whole=False,
        article__edition__law__in=places.values("article__edition__law"),
        article__number__in=places.values("article__number"),
    )
    return rows.filter(version__question__in=open_questions(at).order_by().values("pk")).exists()


def reachable(questions: Collection[int], at: datetime.datetime) -> set[int]:
    """Those of these questions that a drill can reach at a moment."""
    return {
        pk
        for part in chunks(sorted(questions))
        for pk in open_questions(at).filter(pk__in=part).order_by().values_list("pk", flat=True)
    }


def cited_now() -> QuerySet[CitedArticle]:
    """The articles that questions in use cite."""
    return CitedArticle.objects.filter(version__question__published_version=F("version")).order_by()


def _by_law(laws: Collection[int]) -> Iterator[tuple[Subject, int]]:
    if laws:
        rows = cited_now().filter(article__edition__law__in=laws)
        for law, question in rows.values_list("article__edition__law", "version__question"):
            yield Subject("law", law), question


def _places_of_articles(articles: Collection[int]) -> dict[Subject, set[Place]]:
    if not articles:
        return {}
    rows = Article.objects.filter(pk__in=articles).order_by()
    fields = ("pk", "edition__law", "number", "suffix")
    return {
        Subject("article", pk): {(law, number, suffix)}
        for pk, law, number, suffix in rows.values_list(*fields)
    }


def _places_of_cards(cards: Collection[int]) -> dict[Subject, set[Place]]:
    found: dict[Subject, set[Place]] = {}
    if cards:
        rows = CardArticle.objects.filter(version__card__in=cards, version__card__current=F("version"))
        fields = ("version__card", "article__edition__law", "article__number", "article__suffix")
        for card, law, number, suffix in rows.order_by().values_list(*fields):
            found.setdefault(Subject("card", card), set()).add((law, number, suffix))
    return found


def _by_place(places: Mapping[Subject, Collection[Place]]) -> Iterator[tuple[Subject, int]]:
    of_place: dict[Place, list[Subject]] = {}
    for subject, some in places.items():
        for place in some:
            of_place.setdefault(place, []).append(subject)
    if of_place:
        rows = cited_now().filter(
            whole=False,
            article__edition__law__in={law for law, _number, _suffix in of_place},
            article__number__in={number for _law, number, _suffix in of_place},
        )
        fields = ("article__edition__law", "article__number", "article__suffix", "version__question")
        for law, number, suffix, question in rows.values_list(*fields):
            for subject in of_place.get((law, number, suffix), ()):
                yield subject, question


def _by_point(points: Collection[int]) -> Iterator[tuple[Subject, int]]:
    if points:
        below = points_below()
        roots: dict[int, list[int]] = {}
        for root in points:
            for pk in (root, *below.get(root, ())):
                roots.setdefault(pk, []).append(root)
        rows = Question.objects.annotate(point=POINT).filter(point__in=roots).order_by()
        for point, question in rows.values_list("point", "pk"):
            for root in roots[point]:
                yield Subject("point", root), question
