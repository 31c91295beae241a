"""Which questions to practise today, so that most is known on the day that counts.

The day that counts is the day of the coming exam; without an exam it is a rolling month ahead. For each
question the plan asks: how much more of it is known on that day if it is practised today than if it is
not? That gain, divided by the time it takes and times the question's share of the exam (its points'
weights in the blueprint), is its worth, and the worthiest are taken. What is certain already and what
could wait waits by itself: its gain is small. The nearer the day, the less a plan begins.

Pure: no clock, no table, no chance. The same candidates at the same moment give the same plan.
"""

import datetime
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from courses.drills.rules import forgetting as fsrs

DAY = 86_400
ROLLING_DAYS = 30  # the day that counts where no exam is near
REST = datetime.timedelta(hours=12)  # what was practised so recently is not put again into a plan
GAP = 1.75  # days; what was practised since then comes only where nothing else is left
LAST_RESORT = 0.01
LATER = 8.0  # days; so far ahead a question is sure to be asked once more before the day
NEW = 0.35  # a question that is begun asks for time again and again; so much of its worth is left for today
FIRST_GOOD = 0.4  # how often a question never seen is answered right the first time
EXPLAINING = 0.75  # a wrong answer takes so much longer than a right one: its explanation is read
OUTSIDE = 0.1  # share of a plan's weight left for what the exam's blueprint does not name
# People forget by other laws than the planner's. Its curve is steeper than FSRS 6's own (exponent 0.5, as in
# FSRS 5, and 1.4 times as fast), which errs on the side of asking again. Chosen by the simulation that
# docs/explanation/drills.md tells of.
STEEPNESS = 1.4 * (0.9**-2 - 1)
GRID = 1 / math.log(1.07)


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


def recall(stability: float, days: float) -> float:
    """The chance that a question is known `days` after the last answer, on the curve a plan reckons with."""
    return float((1 + STEEPNESS * max(days, 0.0) / stability) ** -0.5)


def gain(candidate: Candidate, *, now: datetime.datetime, ahead: float) -> float:
    """What practising the question now is worth for the day that lies `ahead` days from now, for the time it takes.

    Weighed between two futures: it is not asked again before the day, or once more half-way. Near the day
    the first counts, further away the second, which leaves the spacing effect its room.
    """
    later = min(1.0, ahead / LATER)
    half = ahead / 2
    if candidate.stability is None or candidate.difficulty is None or candidate.last_at is None:
        at_once = _first(lambda stability, _: recall(stability, ahead))
        again = _first(lambda stability, difficulty: _asked(stability, difficulty, half, half))
        without = _first(lambda stability, _: recall(stability, half))
        return NEW * ((1 - later) * at_once + later * max(again - without, 0.0))
    since = max((now - candidate.last_at).total_seconds() / DAY, 0.0)
    worth = _worth(_near(candidate.stability), float(round(candidate.difficulty)), _near(since), ahead, later)
    return worth * (LAST_RESORT if since < GAP else 1.0)


def _near(value: float) -> float:
    """The value on a grid of 7 %: what differs by less is worth the same, and is reckoned once for all."""
    return float(1.07 ** round(math.log(max(value, 0.01)) * GRID))


@lru_cache(maxsize=100_000)
def _worth(stability: float, difficulty: float, since: float, ahead: float, later: float) -> float:
    known = recall(stability, since)
    kept = fsrs.stability_if_known(stability, difficulty, known)
    left = fsrs.stability_if_forgotten(stability, difficulty, known)
    once = known * recall(kept, ahead) + (1 - known) * recall(left, ahead) - recall(stability, since + ahead)
    half = ahead / 2
    twice = (
        known * _asked(kept, fsrs.next_difficulty(difficulty, fsrs.GOOD), half, half)
        + (1 - known) * _asked(left, fsrs.next_difficulty(difficulty, fsrs.AGAIN), half, half)
        - _asked(stability, difficulty, since + half, half)
    )
    return ((1 - later) * once + later * twice) / (1 + EXPLAINING * (1 - known))


def _asked(stability: float, difficulty: float, since: float, ahead: float) -> float:
    """Recall on the day if the question is asked once more `since` days after the last answer."""
    known = recall(stability, since)
    kept = fsrs.stability_if_known(stability, difficulty, known)
    left = fsrs.stability_if_forgotten(stability, difficulty, known)
    return known * recall(kept, ahead) + (1 - known) * recall(left, ahead)


def _first(value: Callable[[float, float], float]) -> float:
    """The mean of a value of (stability, difficulty) over the outcomes of a first answer."""
    good, again = (
        value(fsrs.first_stability(rating), fsrs.first_difficulty(rating))
        for rating in (fsrs.GOOD, fsrs.AGAIN)
    )
    return FIRST_GOOD * good + (1 - FIRST_GOOD) * again
