"""Marking an attempt by its paper, the rules of its sections and the frozen versions; appended, never overwritten."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams.models import MarkRecord
from exams.rules import marks, scoring
from exams.rules.marks import Mark, Section
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank.models import QuestionVersion

Given = Mapping[tuple[int, str], Decimal]
NOTHING_WRITTEN: Given = {}


@dataclass(frozen=True)
class Sheet:
    """What an attempt is marked from: items, sections and answers of its paper, and the versions asked."""

    items: Sequence[Sequence[Any]]
    sections: Sequence[Section]
    answers: Mapping[str, Any]
    found: Mapping[int, QuestionVersion]


def grade(sheet: Sheet, written: Given = NOTHING_WRITTEN) -> list[list[Mark]]:
    """The marks of each part of each item, in the order of the paper; None = waits for a marker.

    `written` holds what markers gave, by (position, part).
    """
    given = []
    for position, item in enumerate(sheet.items, start=1):
        version_id, kind, full = item[:3]
        version = sheet.found[version_id]
        given.append(
            marks.part_marks(
                kinds.get(kind),
                version.content,
                version.key,
                sheet.answers.get(str(position), []),
                sheet.sections[marks.section_place(item)],
                Decimal(full),
                {part: value for (at_position, part), value in written.items() if at_position == position},
            )
        )
    return given


def _text(mark: Mark) -> str | None:
    return None if mark is None else scoring.marks_text(mark)


def record_marks(
    *,
    attempt_id: int,
    sheet: Sheet,
    reason: str,
    by: Actor,
    at: datetime.datetime,
    written: Given = NOTHING_WRITTEN,
    number: int = 1,
) -> MarkRecord:
    """Grade and append mark record `number` of an attempt, inside the caller's transaction."""
    parts = grade(sheet, written)
    given = [marks.together(one) for one in parts]
    sums = marks.section_sums(sheet.items, given, sheet.sections)
    rules = {one.rule for one in sheet.sections}
    return MarkRecord.objects.create(
        attempt_id=attempt_id,
        number=number,
        score=scoring.total(sums),
        full_marks=scoring.total(Decimal(item[2]) for item in sheet.items),
        marks=[_text(one) for one in given],
        parts={str(n): [_text(x) for x in one] for n, one in enumerate(parts, start=1) if len(one) > 1},
        waiting=sum(one is None for one in given),
        rule=rules.pop() if len(rules) == 1 else "mixed",
        sections=[
            one.as_json() | {"sum": scoring.marks_text(earned)}
            for one, earned in zip(sheet.sections, sums, strict=True)
        ],
        at=at,
        reason=reason,
        by=by.snapshot(),
    )
