"""Four kinds of people who forget, each by a law of its own. Only the first is the planner's.

A learner is asked for the true recall of a question on a day and is taught by an answer. Days are numbers;
a learner draws what is particular to it (its memory, how hard each question is for it) from its own seed.
"""

import math
import random
from typing import Protocol

from courses.drills.rules import forgetting as fsrs

BEFORE = 0.2  # how often a question is known before it was ever shown


class Learner(Protocol):
    """Somebody whose true memory only the simulation sees."""

    def recall(self, question: int, day: float) -> float: ...

    def learn(self, question: int, day: float, known: bool) -> None: ...


class FsrsLearner:
    """Forgets as FSRS says, but with other numbers than the planner believes in."""

    def __init__(self, seed: int, questions: int) -> None:
        draw = random.Random(f"fsrs {seed}")
        self.pace = math.exp(draw.gauss(0, 0.35))
        self.growth = math.exp(draw.gauss(0, 0.25))
        self.hard = [draw.gauss(0, 1.2) for _ in range(questions)]
        self.state: dict[int, tuple[float, float, float]] = {}

    def recall(self, question: int, day: float) -> float:
        if question not in self.state:
            return BEFORE
        stability, _, last = self.state[question]
        return fsrs.recall(stability, day - last)

    def learn(self, question: int, day: float, known: bool) -> None:
        rating = fsrs.GOOD if known else fsrs.AGAIN
        if question not in self.state:
            difficulty = min(max(fsrs.first_difficulty(rating) + self.hard[question], 1), 10)
            self.state[question] = (fsrs.first_stability(rating) * self.pace, difficulty, day)
            return
        stability, difficulty, last = self.state[question]
        now = fsrs.recall(stability, day - last)
        if known:
            grown = fsrs.stability_if_known(stability, difficulty, now)
            after = stability + (grown - stability) * self.growth
        else:
            after = fsrs.stability_if_forgotten(stability, difficulty, now)
        self.state[question] = (after, fsrs.next_difficulty(difficulty, rating), day)


class PowerLearner:
    """ACT-R with spacing (Pavlik and Anderson 2005): every sight leaves a trace that fades by a power of
    time, the faster the fresher the memory was when it was laid down."""

    STEEP, FADE, CUT, NOISE, SECONDS = 0.217, 0.177, -0.704, 0.45, 86400 * 0.025

    def __init__(self, seed: int, questions: int) -> None:
        draw = random.Random(f"power {seed}")
        self.fade = self.FADE * math.exp(draw.gauss(0, 0.15))
        self.ease = [0.95 + draw.gauss(0, 0.35) for _ in range(questions)]
        self.traces: dict[int, list[tuple[float, float]]] = {}

    def _activation(self, question: int, day: float) -> float:
        traces = self.traces[question]
        return math.log(sum((max(day - at, 0.01) * self.SECONDS) ** -fade for at, fade in traces))

    def recall(self, question: int, day: float) -> float:
        if question not in self.traces:
            return BEFORE
        strength = self._activation(question, day) + self.ease[question]
        return 1 / (1 + math.exp((self.CUT - strength) / self.NOISE))

    def learn(self, question: int, day: float, known: bool) -> None:
        if question not in self.traces:
            self.traces[question] = [(day, self.fade)]
            return
        fade = self.STEEP * math.exp(self._activation(question, day)) + self.fade
        self.traces[question].append((day, fade))


class HalfLifeLearner:
    """Half-life regression (Settles and Meeder 2016): recall halves with a half-life that depends on how
    often one was right and wrong, and not at all on the spacing."""

    RIGHT, WRONG, BIAS = 2.0, 0.3, -1.2

    def __init__(self, seed: int, questions: int) -> None:
        draw = random.Random(f"half {seed}")
        self.bias = self.BIAS + draw.gauss(0, 0.3)
        self.hard = [draw.gauss(0, 0.5) for _ in range(questions)]
        self.seen: dict[int, tuple[int, int, float]] = {}

    def recall(self, question: int, day: float) -> float:
        if question not in self.seen:
            return BEFORE
        right, wrong, last = self.seen[question]
        features = self.RIGHT * math.sqrt(1 + right) + self.WRONG * math.sqrt(1 + wrong)
        return 2.0 ** (-(day - last) / 2.0 ** (self.bias - self.hard[question] + features))

    def learn(self, question: int, day: float, known: bool) -> None:
        right, wrong, _ = self.seen.get(question, (0, 0, 0.0))
        self.seen[question] = (right + known, wrong + (not known), day)


class PlainLearner:
    """Forgets exponentially, as in Reddy and others (2016): a right answer multiplies the strength by a
    fixed number, a wrong one sets it back."""

    def __init__(self, seed: int, questions: int) -> None:
        draw = random.Random(f"plain {seed}")
        self.start = 3.0 * math.exp(draw.gauss(0, 0.3))
        self.times = [2.0 * math.exp(draw.gauss(0, 0.15)) for _ in range(questions)]
        self.seen: dict[int, tuple[float, float]] = {}

    def recall(self, question: int, day: float) -> float:
        if question not in self.seen:
            return BEFORE
        strength, last = self.seen[question]
        return math.exp(-(day - last) / strength)

    def learn(self, question: int, day: float, known: bool) -> None:
        strength, _ = self.seen.get(question, (self.start / self.times[question], 0.0))
        times = self.times[question]
        self.seen[question] = (strength * times if known else max(strength / times, self.start), day)


LEARNERS: dict[str, type] = {
    "FSRS 6, other parameters": FsrsLearner,
    "ACT-R power law": PowerLearner,
    "Half-life regression": HalfLifeLearner,
    "Plain exponential": PlainLearner,
}
