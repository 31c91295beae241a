"""The question of the day (每日一题): one for everybody of a post, drawn so that anyone can draw it again."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lianbing.kit.draws import Draw

REST_DAYS = 30
LEAST_PEOPLE = 5  # fewer, and a share would say who it was


@dataclass(frozen=True)
class Share:
    """How many people answered, and how many of them were right."""

    answered: int
    right: int

    @property
    def percent(self) -> int:
        """The right ones in whole percent; 0 where nobody answered."""
        return round(100 * self.right / self.answered) if self.answered else 0


def choose(
    offered: Collection[int], *, asked: Mapping[int, datetime.date], post: int, on: datetime.date
) -> int | None:
    """The question of a post (0: of those without one) for a day, of those offered; None where there are none.

    `asked`: {question: the last day before `on` on which it was the post's}. What was asked within 30 days
    is left out; where that leaves nothing, what was asked longest ago comes again.
    """
    since = on - datetime.timedelta(days=REST_DAYS)
    rested = sorted(one for one in offered if asked.get(one, datetime.date.min) < since)
    if not rested:
        return min(offered, key=lambda one: (asked[one], one), default=None)
    draw = Draw(f"{post}".encode(), f"drill-day-{on:%Y-%m-%d}")
    return rested[draw.below(len(rested))]


def told(post: Share, unit: Share) -> tuple[Share | None, Share | None]:
    """What of a post's answers, and of those of one of its units among them, may be told.

    Neither of fewer than five people, nor a unit's where fewer than five others would stand out beside it.
    """
    if post.answered < LEAST_PEOPLE:
        return None, None
    others = post.answered - unit.answered
    alone = unit.answered < LEAST_PEOPLE or 0 < others < LEAST_PEOPLE
    return post, None if alone else unit
