"""What exams say when people asks whether somebody should sign out, do when knowledge points merge and tell drills."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from exams import state
from exams.models import Attempt, BlueprintLine, Sitting
from exams.services.drilling import tell_mistakes
from lianbing.kit.outbox import receive
from lianbing.people.ports import sign_out_guard
from lianbing.people.rules import Actor
from question_bank.ports import point_merged


@sign_out_guard
def writing(actor: Actor, at: datetime.datetime) -> str:
    """A reason against signing out while an attempt of one's own is open, or ""."""
    if actor.user_id is None:
        return ""
    open_now = Attempt.objects.filter(user_id=actor.user_id, state=state.OPEN, deadline__gt=at)
    if not open_now.exists():
        return ""
    return _("You are in the middle of an exam. Answers not yet saved may wait in this browser.")


@point_merged
def lines_follow(old: int, new: int) -> None:
    """Blueprints that ask for a knowledge point ask for the one it was merged into."""
    BlueprintLine.objects.filter(knowledge_point=old).update(knowledge_point=new)


@receive("results_published")
def mistakes_to_drill(payload: dict[str, Any], at: datetime.datetime) -> None:
    """What somebody got wrong stands in their wrong-answer book once the results are out."""
    del at
    sitting = Sitting.objects.filter(uid=payload["sitting"]).first()
    if sitting is not None:
        tell_mistakes(sitting)
