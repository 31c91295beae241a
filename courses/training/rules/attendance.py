"""Late, early, absent: what a sign-in and a sign-out make of a session, and how many minutes count.

The thresholds are the bureau's own, kept with each session. R10: who comes six minutes after the beginning,
with a threshold of five, is late. Moments are aware datetimes and arguments.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where somebody stands on the roll of a session."""

    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"
    LEAVE = "leave"
    MADE_UP = "made_up"


HERE = frozenset({State.PRESENT, State.LATE, State.LEFT_EARLY})
"""States of people who were there, for at least a part."""
MISSED = frozenset({State.ABSENT, State.LEAVE})
"""States that a make-up can settle."""


class NoSignOut(StrEnum):
    """What holds when a sign-out is asked for and there is none."""

    FULL = "full"
    HALF = "half"
    NOTHING = "nothing"


class Counting(StrEnum):
    """How the minutes of somebody who was there for a part count."""

    REAL = "real"
    HALVES = "halves"


class SessionState(StrEnum):
    """Where a session stands."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


MOVES = {
    "open": (SessionState.PLANNED, SessionState.OPEN),
    "close": (SessionState.OPEN, SessionState.CLOSED),
    "reopen": (SessionState.CLOSED, SessionState.OPEN),
}
"""What may be done with a session: from which state into which."""


@dataclass(frozen=True)
class Thresholds:
    """The parameters of a session, in minutes.

    `late`: later than this after the beginning is late. `early`: leaving sooner than this before the end
    is leaving early. `absent`: later than this is absent, whatever follows (0 = never).
    """

    late: int = 5
    early: int = 5
    absent: int = 30
    sign_out: bool = False
    no_sign_out: NoSignOut = NoSignOut.HALF
    counting: Counting = Counting.REAL


@dataclass(frozen=True)
class Verdict:
    """State, minutes that count, and by how many whole minutes somebody came late and left early."""

    state: State
    minutes: int
    late_by: int = 0
    early_by: int = 0


def whole_minutes(begin: datetime.datetime, end: datetime.datetime) -> int:
    """Whole minutes from one moment to another, 0 when the second is not later."""
    return max(0, int((end - begin).total_seconds() // 60))


def is_late(begins: datetime.datetime, came: datetime.datetime, late: int) -> bool:
    """Whether somebody who came at `came` is late: more than `late` minutes after the beginning."""
    return came - begins > datetime.timedelta(minutes=late)


def judge(
    begins: datetime.datetime,
    ends: datetime.datetime,
    came: datetime.datetime | None,
    left: datetime.datetime | None,
    rules: Thresholds,
) -> Verdict:
    """What the two moments make of a session that was held from `begins` to `ends`.

    Who comes within the threshold, or leaves within it, is counted from the beginning, or to the end.
    """
    if came is None or came >= ends or _too_late(begins, came, rules):
        late_by = whole_minutes(begins, came) if came else 0
        return Verdict(State.ABSENT, 0, late_by)
    late = is_late(begins, came, rules.late)
    early = left is not None and ends - left > datetime.timedelta(minutes=rules.early)
    missing_out = rules.sign_out and left is None
    start = came if late else begins
    end = max(left, start) if early and left is not None else ends
    minutes = _counted(whole_minutes(start, end), whole_minutes(begins, ends), rules)
    if missing_out:
        minutes = {NoSignOut.FULL: minutes, NoSignOut.HALF: minutes // 2, NoSignOut.NOTHING: 0}[
            rules.no_sign_out
        ]
    gone = early or (missing_out and rules.no_sign_out is not NoSignOut.FULL)
    state = State.LATE if late else State.LEFT_EARLY if gone else State.PRESENT
    return Verdict(
        state,
        minutes,
        whole_minutes(begins, came) if late else 0,
        whole_minutes(left, ends) if early and left is not None else 0,
    )


def _too_late(begins: datetime.datetime, came: datetime.datetime, rules: Thresholds) -> bool:
    return rules.absent > 0 and is_late(begins, came, rules.absent)


def _counted(minutes: int, whole: int, rules: Thresholds) -> int:
    """The minutes that count: as they were, or the whole, the half or nothing of the session."""
    if rules.counting is Counting.REAL or minutes >= whole:
        return min(minutes, whole)
    return whole // 2 if minutes * 2 >= whole else 0


def by_hand(
    state: State, begins: datetime.datetime, ends: datetime.datetime, at: datetime.datetime, rules: Thresholds
) -> Verdict:
    """What a state put down by hand counts for. `at` is when it was put down: who is marked late while the
    session runs came just now; afterwards the shortest lateness is taken."""
    whole = whole_minutes(begins, ends)
    if state is State.PRESENT:
        return Verdict(state, whole)
    if state is State.LATE:
        came = at if is_late(begins, at, rules.late) and at < ends else begins
        late_by = max(whole_minutes(begins, came), rules.late + 1)
        return Verdict(state, _counted(max(0, whole - late_by), whole, rules), late_by)
    if state is State.LEFT_EARLY:
        early_by = rules.early + 1
        return Verdict(state, _counted(max(0, whole - early_by), whole, rules), 0, early_by)
    return Verdict(state, 0)
