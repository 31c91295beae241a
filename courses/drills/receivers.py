"""What drills hear of from the other apps."""

import datetime
from typing import Any

from courses.drills.services import change, sets
from courses.drills.services.exams import move_weight
from courses.drills.services.merging import follow_merge
from lianbing.kit.outbox import receive
from lianbing.library.models import CardVersion, LawEdition
from question_bank.ports import point_merged


@point_merged
def goals_follow(old: int, new: int) -> None:
    """An exam ahead that weighs a knowledge point weighs the one it was merged into."""
    move_weight(old=old, new=new)


@receive("law_amended")
def law_changed(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The posts a changed article counts for learn it. An edition withdrawn since says nothing."""
    edition = (
        LawEdition.objects.exclude(status=LawEdition.Status.WITHDRAWN)
        .filter(law__slug=payload["law"], slug=payload["edition"])
        .select_related("law")
        .first()
    )
    if edition is not None and payload.get("changed"):
        change.of_law(edition=edition, event=payload["event"], articles=payload["changed"], at=at)


@receive("card_approved")
def card_changed(payload: dict[str, Any], at: datetime.datetime) -> None:
    """The posts of a new or changed card learn it. A version that another has replaced since says nothing."""
    version = CardVersion.objects.filter(pk=payload["version"], card__current=payload["version"]).first()
    if version is not None:
        change.of_card(version=version, posts=payload["posts"], at=at)


@receive("officer_moved")
def people_moved(payload: dict[str, Any], at: datetime.datetime) -> None:
    """Another post knows other things: its changes, and its sets from the next opening on (R67)."""
    change.follow_moves(officers=payload["officers"], at=at)
    sets.choose_again(officers=payload["officers"], at=at)


@receive("officers_merged")
def entries_merged(payload: dict[str, Any], at: datetime.datetime) -> None:
    """What somebody practised under two entries goes along with the one that stays."""
    del at
    follow_merge(kept=payload["kept"], merged=payload["merged"])
