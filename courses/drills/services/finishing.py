"""What follows when a set is finished: its points, the proof where it was a self-test, the result of a change."""

import datetime

from courses.drills.models import DrillSet, MasteryProof
from courses.drills.rules import self_test
from courses.drills.services import change_results, points
from lianbing.people.models import Unit
from lianbing.people.queries import day_of

SELF_TEST = "self_test"


def follow(*, drill_set: DrillSet, unit: Unit | None, at: datetime.datetime) -> int:
    """Give what finishing earns and write down a self-test. Returns the points given.

    Called once by whoever closed the set, in the same transaction.
    """
    if SELF_TEST in drill_set.source:
        _prove(drill_set, at)
    if drill_set.kind == DrillSet.Kind.CHANGE:
        change_results.settle(drill_set=drill_set, at=at)
    return points.reward_finish(drill_set=drill_set, unit=unit, at=at)


def _prove(drill_set: DrillSet, at: datetime.datetime) -> MasteryProof:
    """Write down how a self-test ended. A guess that was right counts as a guess: it proves nothing.

    What of the set went out of reach meanwhile was not asked.
    """
    answers = list(drill_set.answers.values_list("right", "guessed"))
    right = sum(is_right and not guessed for is_right, guessed in answers)
    on = day_of(at)
    return MasteryProof.objects.create(
        officer=drill_set.officer,
        post_id=drill_set.source[SELF_TEST],
        drill_set=drill_set,
        on=on,
        at=at,
        asked=len(answers),
        right=right,
        passed=self_test.passes(right=right, asked=len(answers)),
        holds_until=on + self_test.HOLDS,
    )
