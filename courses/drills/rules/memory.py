"""What one more answer does to the memory of a question: FSRS, with one short step for what was wrong.

A question that was wrong, or right by a guess the first time, stays in (re)learning until it is known; that
is what `LEARNT` tells apart. No fuzz: the same answers give the same days, so that they can be recomputed.
"""

import datetime
from dataclasses import dataclass

from fsrs import Card, Rating, Scheduler, State

STEP = datetime.timedelta(minutes=10)
MOST_DAYS = 365  # what nobody has been asked for a year is asked again
LEARNT = int(State.Review)
_SCHEDULER = Scheduler(
    learning_steps=(STEP,), relearning_steps=(STEP,), maximum_interval=MOST_DAYS, enable_fuzzing=False
)


@dataclass(frozen=True, slots=True)
class Trace:
    """The memory of one question: stability in days, difficulty 1 to 10, FSRS's state and step; when it is due."""

    stability: float
    difficulty: float
    state: int
    step: int | None
    due_at: datetime.datetime
    last_at: datetime.datetime

    @property
    def is_learnt(self) -> bool:
        """Whether the last answers say that it was known."""
        return self.state == LEARNT


def after(trace: Trace | None, *, rating: int, at: datetime.datetime) -> Trace:
    """The memory after an answer rated 1 to 4 at an aware moment, not before the one before it."""
    moment = at.astimezone(datetime.UTC)
    card, _ = _SCHEDULER.review_card(_card(trace), Rating(rating), moment)
    assert card.stability is not None
    assert card.difficulty is not None
    return Trace(card.stability, card.difficulty, int(card.state), card.step, card.due, moment)


def _card(trace: Trace | None) -> Card:
    # With a number of its own a card does not wait for the clock.
    if trace is None:
        return Card(card_id=1)
    return Card(
        card_id=1,
        state=State(trace.state),
        step=trace.step,
        stability=trace.stability,
        difficulty=trace.difficulty,
        due=trace.due_at,
        last_review=trace.last_at.astimezone(datetime.UTC),
    )
