"""How a try at change-training ended."""

import datetime

from courses.drills.models import ChangeTask, DrillSet
from courses.drills.rules import change as rules
from lianbing.kit import outbox


def settle(*, drill_set: DrillSet, at: datetime.datetime) -> None:
    """Write down how a try ended, in the transaction that closed its set. A guess that was right proves nothing.

    The register of certificates hears of it through the outbox ("change_tried").
    """
    answers = list(drill_set.answers.values_list("right", "guessed"))
    right = sum(is_right and not guessed for is_right, guessed in answers)
    passed = rules.passes(right=right, asked=len(answers))
    tasks = ChangeTask.objects.filter(drill_set=drill_set, passed_at=None)
    if tasks.update(**{"passed_at" if passed else "failed_at": at}):
        outbox.publish("change_tried", {"officer": drill_set.officer_id, "passed": passed}, at=at)
