"""What the front page of drills says of one officer."""

import datetime
from dataclasses import dataclass

from courses.drills.models import Bookmark, DrillSet, Goal, Mistake
from courses.drills.queries.practice import progress_of
from courses.drills.queries.sets import aims_of
from courses.drills.rules import periods
from lianbing.people.models import Officer
from lianbing.people.queries import day_of

OPEN_SHOWN = 4


@dataclass(frozen=True)
class Begun:
    """A set and how many of its questions were answered."""

    drill_set: DrillSet
    done: int

    @property
    def asked(self) -> int:
        """How many it asks."""
        return len(self.drill_set.versions)


@dataclass(frozen=True)
class Standing:
    """What waits: the period's sets that exist, other sets begun, the book, bookmarks, the exam ahead."""

    periods: dict[str, Begun]
    begun: list[Begun]
    mistakes: int
    bookmarks: int
    goal: Goal | None
    days_left: int


def standing(officer: Officer, at: datetime.datetime) -> Standing:
    """Where an officer stands today. At most six statements."""
    on = day_of(at)
    newest = list(DrillSet.objects.filter(officer=officer).order_by("-made_at", "-pk")[:40])
    days = {kind: periods.day_of_period(kind, on) for kind in periods.SIZES}
    current = {one.kind: one for one in newest if days.get(one.kind) == one.on}
    done = progress_of(newest)
    others = [
        one for one in newest if one.finished_at is None and one.kind not in days and done.get(one.pk, 0)
    ]
    goal = aims_of([officer.pk], on).get(officer.pk)
    return Standing(
        periods={kind: Begun(one, done.get(one.pk, 0)) for kind, one in current.items()},
        begun=[Begun(one, done[one.pk]) for one in others if not _run_is_over(one)][:OPEN_SHOWN],
        mistakes=Mistake.objects.filter(officer=officer, cleared_at=None).count(),
        bookmarks=Bookmark.objects.filter(officer=officer).count(),
        goal=goal,
        days_left=(goal.on - on).days if goal else 0,
    )


def _run_is_over(one: DrillSet) -> bool:
    # Whether a run still goes on stands on its own page; here it would cost a look at its answers.
    return one.kind == DrillSet.Kind.CHALLENGE
