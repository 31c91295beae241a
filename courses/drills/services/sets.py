"""Making sets: those that come by themselves, one by one at first opening or many in advance, and chosen ones.

A set is no official act and stands in no audit trail: it asks, and changes nothing.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.drills.models import DrillSet, Goal
from courses.drills.queries import sets as queries
from courses.drills.queries.reach import open_versions
from courses.drills.rules import periods
from courses.drills.rules.choosing import Deck, deal, deck
from courses.drills.services import day_question
from courses.drills.services.answering import DrillRefused
from lianbing.kit.draws import Draw
from lianbing.people.models import Officer
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor

MOST_ASKED = 100
BATCH = 500
IN_THE_BOOK = 3.0  # a weekly set goes over the week's mistakes first


def of_period(*, kind: str, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """The set of this day, week or month, made when it is opened first.

    Two tabs at once get the same one. Raises DrillRefused (own; empty: nothing is open to drills).
    """
    _own(officer, by)
    on = periods.day_of_period(kind, day_of(at))
    there = DrillSet.objects.filter(officer=officer, kind=kind, on=on).first()
    if there is not None:
        return there
    chosen = _chosen(kind, officer, at)
    if not chosen["versions"]:
        raise DrillRefused("empty", _("There is nothing to drill yet: no question is open to drills."))
    made = DrillSet(officer=officer, kind=kind, on=on, made_at=at, **chosen)
    DrillSet.objects.bulk_create([made], ignore_conflicts=True)
    return DrillSet.objects.get(officer=officer, kind=kind, on=on)


def daily(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """Today's set. See `of_period`."""
    return of_period(kind=periods.DAILY, officer=officer, by=by, at=at)


def weekly(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """This week's set. See `of_period`."""
    return of_period(kind=periods.WEEKLY, officer=officer, by=by, at=at)


def monthly(*, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    """This month's test. See `of_period`."""
    return of_period(kind=periods.MONTHLY, officer=officer, by=by, at=at)


def make(
    *,
    officer: Officer,
    kind: str,
    versions: Sequence[int],
    title: str = "",
    source: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime.datetime,
) -> DrillSet:
    """A set of chosen versions: by topic, from the book, a challenge run, change training.

    What is out of reach is left out, what is more than 100 is cut. Raises DrillRefused (own, empty).
    """
    _own(officer, by)
    wanted = list(dict.fromkeys(versions))
    within = open_versions(wanted, at)
    asked = [pk for pk in wanted if pk in within][:MOST_ASKED]
    if not asked:
        raise DrillRefused("empty", _("None of these questions is open to drills."))
    return DrillSet.objects.create(
        officer=officer,
        kind=kind,
        on=day_of(at),
        title=title[:120],
        versions=asked,
        source=dict(source or {}),
        made_at=at,
    )


def choose_again(*, officers: Collection[int], at: datetime.datetime) -> int:
    """Choose anew what people who serve in another post now have not begun of this period. Returns how many.

    A set with an answer stays as it is. A phone that carries the old questions may still answer those.
    """
    on = day_of(at)
    current = Q()
    for kind in periods.SIZES:
        current |= Q(kind=kind, on=periods.day_of_period(kind, on))
    found = DrillSet.objects.filter(current, officer__in=officers, finished_at=None, answers=None)
    changed = 0
    for one in found.select_related("officer"):
        chosen = _chosen(one.kind, one.officer, at)
        if chosen["versions"]:
            source = one.source | {"was": one.versions}
            unbegun = DrillSet.objects.filter(pk=one.pk, answers=None)
            changed += unbegun.update(source=source, **chosen)
    return changed


def prepare_daily(*, officers: Collection[int], at: datetime.datetime) -> int:
    """Make today's sets of many officers in advance, so that the first opening waits for nothing.

    What is there already stays. Returns how many were made. Who serves nowhere gets none.
    """
    on = day_of(at)
    offered = queries.all_on_offer(at)
    decks = _Decks(offered, at)
    versions = {one.question_id: one for one in offered}
    made = 0
    wanted = sorted(officers)
    for start in range(0, len(wanted), BATCH):
        made += _prepare(wanted[start : start + BATCH], decks, versions, on, at)
    return made


def _prepare(
    officers: list[int],
    decks: "_Decks",
    versions: Mapping[int, queries.Offered],
    on: datetime.date,
    at: datetime.datetime,
) -> int:
    have = DrillSet.objects.filter(officer__in=officers, kind=periods.DAILY, on=on)
    there = set(have.values_list("officer_id", flat=True))
    posts = queries.posts_of(officers, on)
    goals = queries.aims_of(officers, on)
    seen = queries.seen_by(officers)
    rows = []
    for officer in officers:
        if officer in there or officer not in posts:
            continue
        dealt = deal(
            decks.of(posts[officer], goals.get(officer)),
            seen=seen.get(officer, ()),
            size=periods.SIZES[periods.DAILY],
        )
        asked = queries.versions_for(dealt, versions)
        if asked:
            rows.append(DrillSet(officer_id=officer, kind=periods.DAILY, on=on, versions=asked, made_at=at))
    with transaction.atomic():
        DrillSet.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


class _Decks:
    """The decks of posts and goals, each weighed once."""

    def __init__(self, offered: list[queries.Offered], at: datetime.datetime) -> None:
        self._offered = offered
        self._now = timezone.localtime(at)
        self._made: dict[tuple[int | None, int | None], Deck] = {}

    def of(self, post_id: int | None, goal: Goal | None) -> Deck:
        """The deck of a post and the exam ahead."""
        name = (post_id, goal.pk if goal else None)
        if name not in self._made:
            offered = queries.narrowed(self._offered, post_id, self._now.date())
            self._made[name] = deck(
                offered=[one.candidate for one in offered], now=self._now, goal=queries.aim(goal)
            )
        return self._made[name]


def _own(officer: Officer, by: Actor) -> None:
    if by.officer_id != officer.pk:
        raise DrillRefused("own", _("This is somebody else's set."))


def _planned(officer: Officer, at: datetime.datetime, size: int, emphasis: Mapping[int, float]) -> list[int]:
    on = day_of(at)
    offered = queries.all_on_offer(at)
    post = queries.posts_of([officer.pk], on).get(officer.pk)
    goal = queries.aims_of([officer.pk], on).get(officer.pk)
    dealt = deal(
        _Decks(offered, at).of(post, goal),
        seen=queries.seen_by([officer.pk]).get(officer.pk, ()),
        size=size,
        emphasis=emphasis,
    )
    return queries.versions_for(dealt, {one.question_id: one for one in offered})


def _daily(officer: Officer, at: datetime.datetime) -> list[int]:
    return _planned(officer, at, periods.SIZES[periods.DAILY], {})


def _weekly(officer: Officer, at: datetime.datetime) -> list[int]:
    book = dict.fromkeys(queries.in_the_book(officer.pk), IN_THE_BOOK)
    return _planned(officer, at, periods.SIZES[periods.WEEKLY], book)


def _monthly(officer: Officer, at: datetime.datetime) -> list[int]:
    """An even sample of what the post must know: a test of where one stands, not practice of what is weak."""
    on = day_of(at)
    offered = queries.questions_on_offer(officer=officer, at=at, on=on)
    draw = Draw(f"{officer.pk}".encode(), f"drill-month-{on:%Y-%m}")
    return [one.version_id for one in draw.shuffled(offered)[: periods.SIZES[periods.MONTHLY]]]


def _question(officer: Officer, at: datetime.datetime) -> dict[str, Any]:
    """The one that everybody of the officer's post is asked today."""
    appointment = appointment_of(officer, day_of(at))
    row = day_question.of_post(post=appointment.post_id if appointment else None, at=at)
    version = row.question.published_version_id if row else None
    return {"versions": [version] if version else [], "day_question": row}


def _chosen(kind: str, officer: Officer, at: datetime.datetime) -> dict[str, Any]:
    """What a set of a period is made of; no versions where nothing is on offer."""
    if kind == periods.QUESTION:
        return _question(officer, at)
    return {"versions": _CHOICES[kind](officer, at)}


_CHOICES: dict[str, Callable[[Officer, datetime.datetime], list[int]]] = {
    periods.DAILY: _daily,
    periods.WEEKLY: _weekly,
    periods.MONTHLY: _monthly,
}
