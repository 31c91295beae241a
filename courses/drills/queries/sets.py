"""What an officer may be asked: the must-know of the post where there is one, else all that is open to drills."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from courses.drills.models import DrillSet, Goal, GoalOfficer, Memory, Mistake, PointDay
from courses.drills.queries.must_know import questions_of
from courses.drills.queries.reach import open_questions, written_cases
from courses.drills.rules.planning import Aim, Candidate
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import appointment_of, serving_on
from question_bank.models import KnowledgePoint
from question_bank.queries.drawing import POINT
from question_bank.rules.points import ancestors

Seen = tuple[int, float, float, datetime.datetime]


class Offered(NamedTuple):
    """A question an officer may be asked: the version to show, and its knowledge point with all above it."""

    question_id: int
    version_id: int
    points: tuple[int, ...]

    @property
    def candidate(self) -> Candidate:
        """The question as a plan takes it, not seen yet."""
        return Candidate(self.question_id, self.points)


def all_on_offer(at: datetime.datetime) -> list[Offered]:
    """Everything open to drills at a moment, by question. Three statements."""
    above = _points_above()
    written = written_cases(at)
    rows = open_questions(at).order_by("pk").values_list("pk", "published_version_id", POINT)
    return [
        Offered(pk, version, above.get(point, ())) for pk, version, point in rows if version not in written
    ]


def questions_on_offer(*, officer: Officer, at: datetime.datetime, on: datetime.date) -> list[Offered]:
    """What this officer may be asked on a day: what their post must know, else everything open to drills."""
    appointment = appointment_of(officer, on)
    return narrowed(all_on_offer(at), appointment.post_id if appointment else None, on)


def narrowed(offered: list[Offered], post_id: int | None, on: datetime.date) -> list[Offered]:
    """Those of the questions that a post must know on a day; all of them where its list names none of them."""
    wanted = questions_of(post_id, on)
    return [one for one in offered if one.question_id in wanted] or offered


def _points_above() -> dict[int, tuple[int, ...]]:
    by_name = dict(KnowledgePoint.objects.order_by().values_list("name", "pk"))
    return {
        pk: (pk, *(by_name[above] for above in ancestors(name) if above in by_name))
        for name, pk in by_name.items()
    }


def posts_of(officers: Collection[int], on: datetime.date) -> dict[int, int]:
    """{officer: post} on a day, in one statement; who serves nowhere is missing."""
    rows = Appointment.objects.filter(serving_on(on), officer__in=officers)
    return dict(rows.order_by().values_list("officer_id", "post_id"))


def seen_by(officers: Collection[int]) -> dict[int, list[Seen]]:
    """Every memory of these officers as (question, stability, difficulty, last_at). One statement."""
    found: dict[int, list[Seen]] = defaultdict(list)
    rows = Memory.objects.filter(officer__in=officers).order_by()
    fields = ("officer_id", "question_id", "stability", "difficulty", "last_at")
    for officer, *seen in rows.values_list(*fields).iterator(chunk_size=10_000):
        found[officer].append(tuple(seen))
    return found


def aims_of(officers: Collection[int], on: datetime.date) -> dict[int, Goal]:
    """{officer: the nearest exam ahead on or after a day}. Two statements; who sits none is missing."""
    goals = Goal.objects.filter(on__gte=on).order_by("-on", "-pk").in_bulk()
    rows = GoalOfficer.objects.filter(officer__in=officers, goal__in=goals).values_list(
        "officer_id", "goal_id"
    )
    nearest: dict[int, Goal] = {}
    for officer, goal in rows:
        here = nearest.get(officer)
        if here is None or (goals[goal].on, goal) < (here.on, here.pk):
            nearest[officer] = goals[goal]
    return nearest


def aim(goal: Goal | None) -> Aim | None:
    """A goal as a plan takes it."""
    if goal is None:
        return None
    return Aim(goal.on, {int(point): float(weight) for point, weight in goal.weights.items()})


def in_the_book(officer_id: int) -> set[int]:
    """The questions that stand in an officer's wrong-answer book."""
    rows = Mistake.objects.filter(officer=officer_id, cleared_at=None)
    return set(rows.values_list("question_id", flat=True))


def versions_for(questions: Iterable[int], offered: Mapping[int, Offered]) -> list[int]:
    """The versions to show of these questions, in their order; what is not on offer is left out."""
    return [offered[one].version_id for one in questions if one in offered]


def waiting_for_a_set(on: datetime.date, *, days: int) -> list[int]:
    """The officers who practised within so many days and have no daily set on a day yet."""
    there = DrillSet.objects.filter(officer=OuterRef("officer"), kind="daily", on=on)
    recent = PointDay.objects.filter(on__gte=on - datetime.timedelta(days=days), on__lt=on)
    found = recent.filter(~Exists(there)).order_by().values_list("officer_id", flat=True)
    return sorted(set(found))
