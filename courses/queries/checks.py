"""The questions at the end of a lesson: asked in a plain form, marked by their kinds.

A lesson names frozen versions. What is no longer open to drills (a law changed, the question was reserved
for exams) is not asked, and no more is needed than can be asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courses.models import Lesson
from question_bank import kinds
from question_bank.kinds import BadResponse
from question_bank.models import Pool, QuestionVersion
from question_bank.queries import in_draw

# What a form can ask: options to tick, blanks to fill, steps to number. A case needs the exam's own page.
PIECES = {
    "single_choice": "question_bank/check_asked.html",
    "multiple_choice": "question_bank/check_asked.html",
    "indefinite_choice": "question_bank/check_asked.html",
    "true_false": "question_bank/check_asked.html",
    "fill_blank": "courses/learning/_blanks.html",
    "ordering": "courses/learning/_steps.html",
}
MANY = frozenset({"multiple_choice", "indefinite_choice"})


@dataclass(frozen=True)
class Asked:
    """A question in the form. `name`: of its input; nothing about what is right is in `context`."""

    name: str
    kind: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """What came of sent answers: `answers` is kept and shows the try again; `blank`: inputs left empty."""

    answers: dict[str, Any]
    right: int
    asked: int
    blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Explained:
    """A question after the try was sent, with what is right and why."""

    right: bool
    shown: Any
    explanation: str


def versions_of(lesson: Lesson) -> list[QuestionVersion]:
    """The questions that are asked today, in the order of the lesson. One statement, none without a check."""
    if not lesson.check_versions:
        return []
    usable = in_draw(None, {Pool.DRILL}).values("pk")
    rows = QuestionVersion.objects.filter(pk__in=lesson.check_versions, question__in=usable, kind__in=PIECES)
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in lesson.check_versions if pk in found]


def needed(lesson: Lesson, asked: int) -> int:
    """How many must be right."""
    return min(lesson.check_needed or asked, asked)


def _name(version: QuestionVersion) -> str:
    return f"q{version.pk}"


def ask(versions: Sequence[QuestionVersion]) -> list[Asked]:
    """The questions as a form shows them."""
    found = []
    for version in versions:
        face = kinds.get(version.kind).face(version.content)
        context = face | {"name": _name(version), "many": version.kind in MANY, "ticked": []}
        found.append(Asked(_name(version), version.kind, PIECES[version.kind], context))
    return found


def mark(versions: Sequence[QuestionVersion], sent: Mapping[str, Any]) -> Found:
    """What came of the ticked options. What cannot be read is not answered."""
    answers: dict[str, Any] = {}
    blank, right = [], 0
    for version in versions:
        kind = kinds.get(version.kind)
        try:
            response = kind.parse(sent.get(_name(version), []), version.content)
        except BadResponse:
            response = []
        if kind.is_blank(response):
            blank.append(_name(version))
        answers[str(version.pk)] = response
        right += kind.compare(version.content, version.key, response).is_exact
    return Found(answers, right, len(versions), tuple(blank))


def explain(answers: Mapping[str, Any]) -> list[Explained]:
    """A try that was sent: each version as it was asked, with what was chosen and what is right."""
    rows = QuestionVersion.objects.in_bulk([int(pk) for pk in answers])
    found = []
    for pk, response in answers.items():
        version = rows[int(pk)]
        kind = kinds.get(version.kind)
        shown = kind.show(version.content, key=version.key, response=response)
        right = kind.compare(version.content, version.key, response).is_exact
        found.append(Explained(right, shown, version.explanation))
    return found
