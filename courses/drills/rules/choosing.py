"""Dealing one officer's set from what a whole post may be asked: the plan of `planning`, weighed once for all.

`planning.plan` weighs every question for one person. Ten thousand people of a dozen posts share the same
questions and weights, and what nobody saw yet is worth the same to all; so a deck is weighed once, and
dealing looks only at what this one person has seen. A test holds the two equal.
"""

import datetime
import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from courses.drills.rules.planning import REST, Aim, Candidate, days_ahead, gain, shares


@dataclass(frozen=True, slots=True)
class Deck:
    """Questions weighed for one aim at one moment. `fresh`: all of them, as (worth, question) to who never saw any."""

    weights: Mapping[int, float]
    fresh: Sequence[tuple[float, int]]
    now: datetime.datetime
    ahead: float


def deck(*, offered: Sequence[Candidate], now: datetime.datetime, goal: Aim | None) -> Deck:
    """The questions offered, none of them as seen yet. `now` and `goal` as `planning.plan` takes them."""
    ahead = days_ahead(now=now, goal=goal)
    weights = shares(candidates=offered, goal=goal if goal and goal.on >= now.date() else None)
    worth = gain(Candidate(0), now=now, ahead=ahead)
    fresh = sorted((-weight * worth, question) for question, weight in weights.items())
    return Deck(weights, fresh, now, ahead)


def deal(
    dealt: Deck,
    *,
    seen: Iterable[tuple[int, float, float, datetime.datetime]],
    size: int,
    emphasis: Mapping[int, float] | None = None,
) -> list[int]:
    """The `size` worthiest questions of a deck for one person, the worthiest first.

    `seen` is (question, stability, difficulty, last_at) of each question ever answered; `emphasis`
    multiplies the worth of some of those.
    """
    known: set[int] = set()
    worth: list[tuple[float, int]] = []
    stress = emphasis or {}
    for question, stability, difficulty, last_at in seen:
        known.add(question)
        weight = dealt.weights.get(question)
        if weight is None or dealt.now - last_at < REST:
            continue
        one = Candidate(question, (), stability, difficulty, last_at)
        value = weight * stress.get(question, 1.0) * gain(one, now=dealt.now, ahead=dealt.ahead)
        worth.append((-value, question))
    wanted = max(size, 0)
    unseen = islice((row for row in dealt.fresh if row[1] not in known), wanted)
    return [question for _, question in heapq.nsmallest(wanted, [*worth, *unseen])]
