"""Whom a change concerns, what its test asks, and how people stand with it."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from courses.drills.models import ChangeTask, ChangeTraining, MustKnow
from courses.drills.queries.subjects import Subject, cited_now, questions_about
from courses.drills.rules import change as rules
from lianbing.library.models import Article, CardArticle, CardPost
from lianbing.people.models import Appointment
from lianbing.people.queries import appointments_in, serving_on
from question_bank.models import KnowledgePoint
from question_bank.rules.points import ancestors

LIVE = Q(withdrawn_at=None, training__withdrawn_at=None)
FAILED = LIVE & Q(passed_at=None, failed_at__isnull=False)
WAITING = LIVE & Q(passed_at=None)
HEAVY = tuple(
    f"training__edition__{name}" for name in ("source_text", "headings", "preamble", "history", "doubts")
)


def posts_hit(articles: Collection[int]) -> Iterator[int | None]:
    """The posts for whom these articles count; None = everybody. Five statements.

    By their must-know (the law, the article, a card that rests on it, a point whose questions cite it) or
    because a card of theirs rests on it.
    """
    places = set(Article.objects.filter(pk__in=articles).values_list("edition__law", "number", "suffix"))
    cards = _cards_resting_on(places)
    points = _points_citing(places)
    entries = MustKnow.objects.filter(removed_at=None).order_by()
    laws = {law for law, _number, _suffix in places}
    hit = entries.filter(Q(law__in=laws) | Q(card__in=cards) | Q(point__in=points))
    yield from hit.values_list("post", flat=True)
    fields = ("post", "article__edition__law", "article__number", "article__suffix")
    for post, *place in entries.filter(article__edition__law__in=laws).values_list(*fields):
        if tuple(place) in places:
            yield post
    yield from _posts_of_cards(cards)


def _cards_resting_on(places: Collection[tuple[int, int, int]]) -> set[int]:
    rows = CardArticle.objects.filter(
        version__card__current=F("version"), article__edition__law__in={place[0] for place in places}
    )
    fields = ("version__card", "article__edition__law", "article__number", "article__suffix")
    return {card for card, *place in rows.order_by().values_list(*fields) if tuple(place) in places}


def _points_citing(places: Collection[tuple[int, int, int]]) -> set[int]:
    rows = cited_now().filter(whole=False, article__edition__law__in={place[0] for place in places})
    point = "version__knowledge_point__name"
    fields = (point, "article__edition__law", "article__number", "article__suffix")
    names = {name for name, *place in rows.values_list(*fields) if name and tuple(place) in places}
    wanted = names | {above for name in names for above in ancestors(name)}
    return set(KnowledgePoint.objects.filter(name__in=wanted).values_list("pk", flat=True))


def _posts_of_cards(cards: Collection[int]) -> Iterator[int | None]:
    rows = CardPost.objects.filter(version__card__in=cards, version__card__current=F("version")).order_by()
    narrowed = set()
    for card, post in rows.values_list("version__card", "post"):
        narrowed.add(card)
        yield post
    if set(cards) - narrowed:
        yield None


def officers_of(posts: Collection[int], on: datetime.date, among: Collection[int] | None = None) -> list[int]:
    """Who serves on a day in one of these posts (none = any post), of `among` where it is given."""
    rows = Appointment.objects.filter(serving_on(on), officer__merged_into=None).filter(
        Q(officer__left_on=None) | Q(officer__left_on__gt=on)
    )
    if posts:
        rows = rows.filter(post__in=posts)
    if among is not None:
        rows = rows.filter(officer__in=among)
    return sorted(set(rows.order_by().values_list("officer", flat=True)))


def questions_on(training: ChangeTraining, at: datetime.datetime) -> list[int]:
    """The questions about what changed that a drill can reach at a moment, by their keys."""
    if training.card_version is not None:
        subjects = [Subject("card", training.card_version.card_id)]
    else:
        subjects = [Subject("article", pk) for pk in training.articles]
    return sorted(set().union(*questions_about(subjects, at).values()))


def tasks_of(officer_id: int) -> QuerySet[ChangeTask]:
    """The tasks of one person, those to be done first, then the passed; none withdrawn without a result."""
    rows = ChangeTask.objects.filter(officer=officer_id).exclude(~LIVE & Q(passed_at=None))
    return (
        rows.select_related("training__edition__law", "training__card_version__card", "drill_set")
        .defer(*HEAVY)
        .order_by(F("passed_at").asc(nulls_first=True), "due_on", "pk")
    )


def open_count(officer_id: int, on: datetime.date) -> tuple[int, int]:
    """How many tasks one person has still to pass, and how many of them are past their day."""
    rows = ChangeTask.objects.filter(WAITING, officer=officer_id)
    found = rows.aggregate(open=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    return found["open"], found["late"]


def counted(officer_id: int) -> tuple[int, int]:
    """How many tasks `tasks_of` lists of one person, and how many of them are still to be passed. One statement."""
    found = tasks_of(officer_id).aggregate(listed=Count("pk"), waiting=Count("pk", filter=Q(passed_at=None)))
    return found["listed"], found["waiting"]


def trainings(scopes: list[str], on: datetime.date) -> QuerySet[ChangeTraining]:
    """Every change, newest first, counted over the people who serve in these units: asked, passed, failed, late."""
    mine = Q(tasks__officer__in=_serving(scopes, on))
    live = mine & Q(tasks__withdrawn_at=None)
    waiting = live & Q(tasks__passed_at=None)
    return (
        ChangeTraining.objects.select_related("edition__law", "card_version__card")
        .defer(*(name.removeprefix("training__") for name in HEAVY))
        .annotate(
            asked=Count("tasks", filter=live | mine & Q(tasks__passed_at__isnull=False)),
            passed=Count("tasks", filter=mine & Q(tasks__passed_at__isnull=False)),
            failed=Count("tasks", filter=waiting & Q(tasks__failed_at__isnull=False)),
            late=Count("tasks", filter=waiting & Q(tasks__failed_at=None, tasks__due_on__lt=on)),
        )
        .order_by("-made_at", "-pk")
    )


def _serving(scopes: list[str], on: datetime.date) -> QuerySet[Any]:
    return appointments_in(scopes, on).order_by().values("officer")


STATES = {
    rules.FAILED: FAILED,
    rules.OVERDUE: WAITING & Q(failed_at=None),
    rules.OPEN: WAITING & Q(failed_at=None),
    rules.PASSED: Q(passed_at__isnull=False),
}


def people_of(
    training: ChangeTraining, scopes: list[str], on: datetime.date, state: str = ""
) -> QuerySet[ChangeTask]:
    """The tasks of a change of those who serve in these units, who failed first; `state` narrows it."""
    rows = training.tasks.filter(officer__in=_serving(scopes, on)).select_related("officer", "training")
    rows = rows.exclude(withdrawn_at__isnull=False, passed_at=None)
    if state in STATES:
        rows = rows.filter(STATES[state])
    if state == rules.OVERDUE:
        rows = rows.filter(due_on__lt=on)
    if state == rules.OPEN:
        rows = rows.filter(due_on__gte=on)
    first = F("passed_at").asc(nulls_first=True)
    return rows.order_by(first, F("failed_at").desc(nulls_last=True), "officer__staff_number")


def failed_count(scopes: list[str], on: datetime.date) -> int:
    """How many people's changes in these units were tried and not passed, or are past their day."""
    late = WAITING & Q(due_on__lt=on)
    return ChangeTask.objects.filter(FAILED | late, officer__in=_serving(scopes, on)).count()


def units_of(officers: Collection[int], on: datetime.date) -> dict[int, str]:
    """{officer: name of the unit} on a day. One statement."""
    rows = Appointment.objects.filter(serving_on(on), officer__in=officers).order_by()
    return dict(rows.values_list("officer", "unit__name"))
