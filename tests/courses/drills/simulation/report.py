"""The figures of docs/explanation/drills.md: `.venv/bin/python -m tests.courses.drills.simulation.report` prints them.

Every cell compares the same people, questions and minutes a day under the product's plan and under fixed
review after 1, 3, 7 and 15 days. Seeds are fixed: the same figures come every time.
"""

import random
import statistics
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.courses.drills.simulation.learners import LEARNERS, Learner
from tests.courses.drills.simulation.study import Course, ladder, planned, study

PEOPLE, QUESTIONS = 30, 200
FIRST = 1000  # people on whom no figure of the planner was chosen
HORIZONS = (14, 30, 60)
WEIGHTS = {1: 25, 2: 20, 3: 15, 4: 12, 5: 10, 6: 8, 7: 6, 8: 4}


class Cell(NamedTuple):
    """One model and horizon: means over the people, in percent, and the gain with its spread between people."""

    model: str
    days: int
    plan: float
    fixed: float
    restarted: float
    gain: float
    spread: float
    better: int
    predicted_plan: float
    predicted_fixed: float
    predicted_gain: float

    @property
    def error(self) -> float:
        """The half width of the 95 % interval of the mean gain."""
        return float(1.96 * self.spread / PEOPLE**0.5)


def course(days: int) -> Course:
    """200 questions, spread by chance over eight points that the blueprint weighs; ten minutes a day."""
    draw = random.Random(7)
    return Course(tuple(draw.randrange(1, 9) for _ in range(QUESTIONS)), WEIGHTS, days)


def cell(model: str, days: int, people: int = PEOPLE) -> Cell:
    """The comparison of one model and one horizon."""
    make: Callable[[int, int], Learner] = LEARNERS[model]
    task = course(days)

    def run(policy, *, restart: bool = False) -> list[tuple[float, float]]:
        return [
            study(make(person, QUESTIONS), task, policy, seed=f"{person}", restart=restart)
            for person in range(FIRST, FIRST + people)
        ]

    plan, fixed = run(planned), run(ladder(evenly=False))
    again = run(ladder(evenly=False), restart=True)
    gains = [100 * (one[0] - other[0]) for one, other in zip(plan, fixed, strict=True)]
    return Cell(
        model,
        days,
        *(100 * statistics.mean(one[0] for one in rows) for rows in (plan, fixed, again)),
        statistics.mean(gains),
        statistics.stdev(gains),
        round(100 * sum(one > 0 for one in gains) / people),
        *(100 * statistics.mean(one[1] for one in rows) for rows in (plan, fixed)),
        100 * statistics.mean(one[1] - other[1] for one, other in zip(plan, fixed, strict=True)),
    )


def cells() -> Iterator[Cell]:
    """Every model at every horizon."""
    for model in LEARNERS:
        for days in HORIZONS:
            yield cell(model, days)


def line(one: Cell) -> str:
    """A row of the table in the documentation."""
    return (
        f"| {one.model} | {one.days} | {one.plan:.1f} | {one.fixed:.1f} | {one.gain:+.1f} ± {one.error:.1f}"
        f" | {one.spread:.1f} | {one.better} % | {one.restarted:.1f}"
        f" | {one.predicted_plan:.1f} | {one.predicted_fixed:.1f} |"
    )


if __name__ == "__main__":
    for each in cells():
        print(line(each), flush=True)
