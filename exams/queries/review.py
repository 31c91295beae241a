"""What a candidate is shown of their paper after release: each answer, its marks and why, section by section."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from exams.models import Attempt, MarkRecord, WrittenMark
from exams.rules import marks as rules
from exams.rules import written
from exams.rules.marks import Section
from exams.rules.sections import Span, spans
from question_bank import kinds, marking
from question_bank.models import Citation, QuestionVersion
from question_bank.queries import versions
from question_bank.rules.contract import Outcome, Shown
from question_bank.rules.shares import split


@dataclass(frozen=True)
class PointMet:
    """A scoring point of a written answer: its text, what it is worth, and "full", "half" or "" (not met)."""

    text: str
    worth: Decimal
    level: str


@dataclass(frozen=True)
class Why:
    """Why an item, or a part of it, earned its marks: what was counted, by which rule, and the points met."""

    outcome: Outcome
    rule: str
    full: Decimal
    given: Decimal
    points: list[PointMet] = field(default_factory=list)


@dataclass(frozen=True)
class Reviewed:
    """One question of a paper after release."""

    position: int
    version: int
    kind: str
    marks: str
    given: str
    right: bool
    blank: bool
    shown: Shown
    explanation: str
    citations: list[Citation]
    whys: list[Why]


@dataclass(frozen=True)
class ReviewedSection:
    """A section after release: what it earned, floor included, and its questions where they are shown."""

    span: Span
    earned: Decimal
    items: list[Reviewed]

    @property
    def lifted(self) -> bool:
        """Whether the floor of the section lifted its sum."""
        floor = self.span.section.floor
        return floor is not None and sum(Decimal(one.given) for one in self.items) < floor


def _citations(found: dict[int, QuestionVersion]) -> dict[int, list[Citation]]:
    cited: dict[int, list[Citation]] = {}
    rows = Citation.objects.filter(version__in=found).select_related("article__edition__law")
    for citation in rows.order_by("position"):
        cited.setdefault(citation.version_id, []).append(citation)
    return cited


def _points(attempt: Attempt) -> dict[tuple[int, str], dict[str, str]]:
    """What markers ticked, by (position, part)."""
    rows = WrittenMark.objects.filter(task__attempt=attempt).order_by("task_id", "number")
    return {
        (position, part): points
        for position, part, points in rows.values_list("task__position", "task__part", "points")
    }


def _whys(
    position: int,
    version: QuestionVersion,
    response: Any,
    full: Decimal,
    given: Sequence[str],
    section: Section,
    ticked: dict[tuple[int, str], dict[str, str]],
) -> list[Why]:
    kind = kinds.get(version.kind)
    found = kind.outcomes(version.content, version.key, response)
    fulls = split(full, [share for share, _ in found])
    texts = iter(kind.written(version.content, version.key, response))
    whys = []
    for (_, outcome), worth, marks in zip(found, fulls, given, strict=True):
        points = []
        if outcome.unit == "text":
            text = next(texts)
            levels = ticked.get((position, text.part), {})
            points = [
                PointMet(one["text"], value, levels.get(one["id"], ""))
                for one, value in zip(text.points, written.point_values(text.points, worth), strict=True)
            ]
        rule = "" if outcome.unit == "text" else marking.fitting(section.rule, outcome.unit)
        whys.append(Why(outcome, rule, worth, Decimal(marks), points))
    return whys


def review(attempt: Attempt, record: MarkRecord) -> list[ReviewedSection]:
    """Each section with its questions: the answer, the key, the explanation, the marks and why.

    Only for a released sitting. Load the candidate's paper and sitting with the attempt. Three statements.
    """
    paper = attempt.candidate.paper
    sections = rules.sections_of(paper.sections, attempt.candidate.sitting.marking_rule)
    found = versions([item[0] for item in paper.items])
    cited, ticked = _citations(found), _points(attempt)
    items = []
    for position, (item, given) in enumerate(zip(paper.items, record.marks, strict=True), start=1):
        version, response = found[item[0]], attempt.answers.get(str(position), [])
        parts = record.parts.get(str(position), [given])
        section = sections[rules.section_place(item)]
        items.append(
            Reviewed(
                position=position,
                version=item[0],
                kind=item[1],
                marks=item[2],
                given=given,
                right=Decimal(given) == Decimal(item[2]),
                blank=not response,
                shown=kinds.get(item[1]).show(version.content, item[3], key=version.key, response=response),
                explanation=version.explanation,
                citations=cited.get(version.pk, []),
                whys=_whys(position, version, response, Decimal(item[2]), parts, section, ticked),
            )
        )
    return [
        ReviewedSection(span, earned, items[span.first - 1 : span.last])
        for span, earned in section_results(attempt, record)
    ]


def section_results(attempt: Attempt, record: MarkRecord) -> list[tuple[Span, Decimal]]:
    """What each section earned, computed anew from the marks of the items, its floor included."""
    paper = attempt.candidate.paper
    sections = rules.sections_of(paper.sections, attempt.candidate.sitting.marking_rule)
    given = [None if one is None else Decimal(one) for one in record.marks]
    sums = rules.section_sums(paper.items, given, sections)
    return [(span, sums[span.place]) for span in spans(paper.items, sections)]
