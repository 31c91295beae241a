"""Which questions to practise today, so that most is known on the day that counts.

The day that counts is the day of the coming exam; without an exam it is a rolling month ahead. For each
question the plan asks: how much more of it is known on that day if it is practised today than if it is
not? That gain, times the question's share of the exam (its points' weights in the blueprint), is its
worth, and the worthiest are taken. What is certain already and what could wait waits by itself: its gain
is small.

Pure: no clock, no table, no chance. The same candidates at the same moment give the same plan.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from courses.drills.rules import forgetting as fsrs

ROLLING_DAYS = 30  # the day that counts where no exam is near
REST = datetime.timedelta(hours=12)  # what was practised so recently is not put again into a plan
FIRST_GOOD = 0.6  # how often a question never seen is answered right the first time
OUTSIDE = 0.1  # share of a plan's weight left for what the exam's blueprint does not name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be practised.

    `stability` (days), `difficulty` (1-10) and `last_at` are None where the officer never answered it;
    `points` are its knowledge points; `emphasis` multiplies its worth (1 for an ordinary question).
    """

    question: int
    points: tuple[int, ...] = ()
    stability: float | None = None
    difficulty: float | None = None
    last_at: datetime.datetime | None = None
    emphasis: float = 1.0


@dataclass(frozen=True, slots=True)
class Aim:
    """The coming exam: its day and what its blueprint weighs ({knowledge point: weight}; empty = even)."""

    on: datetime.date
    weights: Mapping[int, float] = field(default_factory=dict)


def plan(
    *, candidates: Sequence[Candidate], now: datetime.datetime, goal: Aim | None, size: int
) -> list[int]:
    """The questions of today's set, the worthiest first, at most `size`.

    `now` is aware and in the bureau's own zone (its date is today). A goal whose day is past is none.
    """
    ahead = days_ahead(now=now, goal=goal)
    weights = shares(candidates=candidates, goal=goal if goal and goal.on >= now.date() else None)
    worth = []
    for each in candidates:
        if each.last_at is not None and now - each.last_at < REST:
            continue
        worth.append((-weights[each.question] * gain(each, now=now, ahead=ahead), each.question))
    return [question for _, question in sorted(worth)[: max(size, 0)]]


def days_ahead(*, now: datetime.datetime, goal: Aim | None) -> float:
    """How many days lie between now and the day that counts; at least half a day."""
    if goal is None or goal.on < now.date():
        return float(ROLLING_DAYS)
    return max(float((goal.on - now.date()).days), 0.5)


def shares(*, candidates: Sequence[Candidate], goal: Aim | None) -> dict[int, float]:
    """{question: its share of the exam}: each point's weight is split evenly among its questions.

    Questions of no point in the blueprint share `OUTSIDE` of the whole; without a goal all count alike.
    """
    if goal is None or not any(weight > 0 for weight in goal.weights.values()):
        return {each.question: each.emphasis for each in candidates}
    members = Counter(point for each in candidates for point in each.points if goal.weights.get(point, 0) > 0)
    total = sum(goal.weights[point] for point in members) or 1.0
    outside = sum(1 for each in candidates if not any(point in members for point in each.points)) or 1
    found = {}
    for each in candidates:
        inside = [point for point in each.points if point in members]
        share = sum(goal.weights[point] / total / members[point] for point in inside)
        found[each.question] = each.emphasis * (share if inside else OUTSIDE / outside)
    return found


def gain(candidate: Candidate, *, now: datetime.datetime, ahead: float) -> float:
    """How much more of the question is known `ahead` days from now if it is practised now (0 to 1)."""
    if candidate.stability is None or candidate.difficulty is None or candidate.last_at is None:
        good = fsrs.recall(fsrs.first_stability(fsrs.GOOD), ahead)
        again = fsrs.recall(fsrs.first_stability(fsrs.AGAIN), ahead)
        return FIRST_GOOD * good + (1 - FIRST_GOOD) * again
    stability, difficulty = candidate.stability, candidate.difficulty
    since = max((now - candidate.last_at).total_seconds() / 86400, 0.0)
    known = fsrs.recall(stability, since)
    kept = fsrs.recall(fsrs.stability_if_known(stability, difficulty, known), ahead)
    relearnt = fsrs.recall(fsrs.stability_if_forgotten(stability, difficulty, known), ahead)
    return known * kept + (1 - known) * relearnt - fsrs.recall(stability, since + ahead)
