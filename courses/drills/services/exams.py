"""What exams tell drills: what somebody got wrong, once results are out, and which exam lies ahead.

Exams stand above and call down. Nothing reserved for exams enters a wrong-answer book.
"""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction

from courses.drills.models import Goal, GoalOfficer, Mistake
from courses.drills.queries.reach import open_questions
from question_bank.models import QuestionVersion

BATCH = 500


def record_mistakes(*, wrong: Mapping[int, Collection[int]], at: datetime.datetime) -> int:
    """Put what an exam showed to be unknown into the wrong-answer books. Returns how many rows are new.

    `wrong` is {officer: versions not wholly right}; `at` is when the results were released. What stands in
    a book already stays as it is; told again with the same `at`, nothing is put in twice. Questions that
    are not open to drills, now or then, are left out.
    """
    asked = {pk for versions in wrong.values() for pk in versions}
    question_of = _open(asked, at)
    made = 0
    officers = sorted(wrong)
    with transaction.atomic():
        for start in range(0, len(officers), BATCH):
            made += _put_in(officers[start : start + BATCH], wrong, question_of, at)
    return made


def _open(versions: Collection[int], at: datetime.datetime) -> dict[int, int]:
    """{version: question} of those whose question drills can reach."""
    within = set(open_questions(at).order_by().values_list("pk", flat=True))
    found: dict[int, int] = {}
    wanted = sorted(versions)
    for start in range(0, len(wanted), BATCH):
        rows = QuestionVersion.objects.filter(pk__in=wanted[start : start + BATCH]).order_by()
        found.update(rows.values_list("pk", "question_id"))
    return {version: question for version, question in found.items() if question in within}


def _put_in(
    officers: list[int],
    wrong: Mapping[int, Collection[int]],
    question_of: Mapping[int, int],
    at: datetime.datetime,
) -> int:
    rows = Mistake.objects.filter(officer__in=officers)
    there = set(rows.filter(cleared_at=None).values_list("officer_id", "question_id"))
    there |= set(
        rows.filter(origin=Mistake.Origin.EXAM, put_in_at=at).values_list("officer_id", "question_id")
    )
    missing = {(one, question_of[pk]) for one in officers for pk in wrong[one] if pk in question_of} - there
    Mistake.objects.bulk_create(
        [
            Mistake(officer_id=one, question_id=question, origin=Mistake.Origin.EXAM, put_in_at=at)
            for one, question in sorted(missing)
        ],
        batch_size=BATCH,
    )
    return len(missing)


def set_goal(
    *,
    exam: str,
    title: str,
    on: datetime.date,
    weights: Mapping[int, float],
    officers: Collection[int],
) -> Goal:
    """An exam lies ahead of these officers: its day and how much of it each knowledge point is.

    Said again for the same `exam` it replaces what was said before.
    """
    told = {str(point): float(weight) for point, weight in weights.items()}
    with transaction.atomic():
        goal, _made = Goal.objects.update_or_create(
            exam=exam, defaults={"title": title[:120], "on": on, "weights": told}
        )
        there = set(goal.for_officers.values_list("officer_id", flat=True))
        wanted = set(officers)
        gone = sorted(there - wanted)
        for start in range(0, len(gone), BATCH):
            goal.for_officers.filter(officer__in=gone[start : start + BATCH]).delete()
        GoalOfficer.objects.bulk_create(
            [GoalOfficer(goal=goal, officer_id=one) for one in sorted(wanted - there)],
            ignore_conflicts=True,
            batch_size=BATCH,
        )
    return goal


def clear_goal(*, exam: str) -> None:
    """The exam does not take place, or concerns nobody any more."""
    Goal.objects.filter(exam=exam).delete()


def move_weight(*, old: int, new: int) -> None:
    """A knowledge point was merged into another, inside the caller's transaction: so are its weights."""
    for goal in Goal.objects.select_for_update().filter(weights__has_key=str(old)):
        weight = goal.weights.pop(str(old))
        goal.weights[str(new)] = goal.weights.get(str(new), 0) + weight
        goal.save(update_fields=["weights"])
