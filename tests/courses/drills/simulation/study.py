"""One person's weeks before an exam, under a policy: what is asked each day, and what is known on the day."""

import datetime
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from courses.drills.rules import forgetting as fsrs
from courses.drills.rules.planning import Aim, Candidate, plan
from tests.courses.drills.simulation.learners import Learner

START = datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.UTC)
SECONDS_RIGHT, SECONDS_WRONG = 20, 35  # a wrong answer is followed by its explanation
LUCK = 0.25  # a question that is not known is hit by chance so often (one of four options)
ADMITS = 0.5  # and so often the person says that it was a guess
LADDER = (1, 3, 7, 15)


@dataclass(frozen=True)
class Course:
    """What is to be learnt: each question's knowledge point, the blueprint's weights, days, seconds a day."""

    points: tuple[int, ...]
    weights: Mapping[int, float]
    days: int
    seconds: int = 600

    def share(self, question: int) -> float:
        """How much of the exam a question stands for; all together are 1."""
        point = self.points[question]
        return self.weights[point] / sum(self.weights.values()) / self.points.count(point)


@dataclass
class Notes:
    """What the server sees of one question: FSRS's belief and the step on the fixed ladder."""

    stability: float
    difficulty: float
    last: int
    step: int = 0
    due: int = 0


@dataclass
class Book:
    """What the server sees of one person."""

    course: Course
    notes: dict[int, Notes] = field(default_factory=dict)

    def note(self, question: int, day: int, rating: int) -> None:
        """Write down an answer: FSRS with its default parameters, as the product does."""
        old = self.notes.get(question)
        if old is None:
            self.notes[question] = Notes(
                fsrs.first_stability(rating), fsrs.first_difficulty(rating), day, due=day + LADDER[0]
            )
            return
        known = fsrs.recall(old.stability, day - old.last)
        if rating == fsrs.AGAIN:
            old.stability = fsrs.stability_if_forgotten(old.stability, old.difficulty, known)
        else:
            old.stability = fsrs.stability_if_known(old.stability, old.difficulty, known, rating)
        old.difficulty, old.last = fsrs.next_difficulty(old.difficulty, rating), day

    def predicted(self) -> float:
        """Recall on the day of the exam as FSRS predicts it from the answers alone."""
        course = self.course
        return sum(
            course.share(question) * fsrs.recall(note.stability, course.days - note.last)
            for question, note in self.notes.items()
        )


Policy = Callable[[Book, int], list[int]]


def planned(book: Book, day: int) -> list[int]:
    """The product's own plan."""
    candidates = []
    for question, point in enumerate(book.course.points):
        note = book.notes.get(question)
        if note is None:
            candidates.append(Candidate(question, (point,)))
        else:
            last = START + datetime.timedelta(days=note.last)
            candidates.append(Candidate(question, (point,), note.stability, note.difficulty, last))
    now = START + datetime.timedelta(days=day)
    aim = Aim(on=(START + datetime.timedelta(days=book.course.days)).date(), weights=book.course.weights)
    return plan(candidates=candidates, now=now, goal=aim, size=60)


def ladder(*, evenly: bool) -> Policy:
    """Fixed review 1, 3, 7 and 15 days after the first sight. Time left over goes to what rests longest.

    New questions come heaviest first. `evenly`: so many new ones first each day that all are begun fifteen
    days before the exam (or at half time); otherwise what is due goes before what is new.
    """

    def policy(book: Book, day: int) -> list[int]:
        course, notes = book.course, book.notes
        due = sorted((q for q in notes if notes[q].due <= day), key=lambda q: (notes[q].due, q))
        new = sorted((q for q in range(len(course.points)) if q not in notes), key=lambda q: -course.share(q))
        rest = sorted((q for q in notes if notes[q].due > day), key=lambda q: (notes[q].last, q))
        if not evenly:
            return due + new + rest
        quota = -(-len(course.points) // max(course.days - 15, course.days // 2))
        return new[:quota] + due + new[quota:] + rest

    return policy


def climb(note: Notes, day: int, right: bool, *, restart: bool) -> None:
    """Move a question on the ladder after an answer; `restart`: a wrong answer puts it back to the foot."""
    if restart and not right:
        note.step, note.due = 0, day + LADDER[0]
        return
    if note.due <= day:
        note.step += 1
    gaps = (LADDER[0], 2, 4, 8)
    note.due = day + gaps[note.step] if note.step < len(gaps) else 10_000


def study(
    learner: Learner, course: Course, policy: Policy, *, seed: str, restart: bool = False
) -> tuple[float, float]:
    """Let somebody study to the day of the exam. Returns (true recall, predicted recall), weighted, 0 to 1."""
    draw = random.Random(seed)
    book = Book(course)
    for day in range(course.days):
        left = course.seconds
        for question in policy(book, day):
            if left <= 0:
                break
            known = draw.random() < learner.recall(question, day)
            lucky = not known and draw.random() < LUCK
            admitted = lucky and draw.random() < ADMITS
            right = known or lucky
            fresh = question not in book.notes
            rating = fsrs.AGAIN if not right else fsrs.HARD if admitted else fsrs.GOOD
            book.note(question, day, rating)
            if not fresh:
                climb(book.notes[question], day, right, restart=restart)
            learner.learn(question, day, known)
            left -= SECONDS_RIGHT if right else SECONDS_WRONG
    true = sum(course.share(q) * learner.recall(q, course.days) for q in range(len(course.points)))
    return true, book.predicted()
