"""Who may start an attempt, and if not, why. The verdict is a code; views turn it into words."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why somebody may not start."""

    NOT_INVITED = "not_invited"
    NO_PAPER = "no_paper"
    NOT_YET = "not_yet"
    OVER = "over"
    AUXILIARY = "auxiliary"
    ALREADY_SUBMITTED = "already_submitted"


AUXILIARY = "auxiliary"
# A reason shorter than this explains nothing to whoever reads the record later.
MIN_REASON = 5


def may_hold_qualification(category: str) -> bool:
    """Auxiliaries may not sit a qualification exam: they may never hold an enforcement certificate (R03)."""
    return category != AUXILIARY


@dataclass(frozen=True)
class Verdict:
    """What a person may do with a sitting now: start, resume, or neither and why."""

    may_start: bool = False
    may_resume: bool = False
    refusal: Refusal | None = None


def verdict(
    *,
    sitting_state: str,
    is_qualification: bool,
    category: str,
    has_paper: bool,
    attempt_state: str | None,
    closes_at: datetime.datetime,
    extra_seconds: int,
    at: datetime.datetime,
) -> Verdict:
    """Decide for one invited person; `sitting_state` is one of `exams.state.SittingState`. Extra time of one's own also lets one start that much later."""
    if is_qualification and not may_hold_qualification(category):
        return Verdict(refusal=Refusal.AUXILIARY)
    if attempt_state is not None:
        resumed = attempt_state == "open"
        return Verdict(may_resume=resumed, refusal=None if resumed else Refusal.ALREADY_SUBMITTED)
    if not has_paper or sitting_state == "draft":
        return Verdict(refusal=Refusal.NO_PAPER)
    if sitting_state == "scheduled":
        return Verdict(refusal=Refusal.NOT_YET)
    late = at < closes_at + datetime.timedelta(seconds=extra_seconds)
    if sitting_state == "open" or (sitting_state == "closed" and extra_seconds and late):
        return Verdict(may_start=True)
    return Verdict(refusal=Refusal.OVER)
