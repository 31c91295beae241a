"""The marks of a paper: each item by the rule of its section, each section with its floor. Pure.

A section is stored as JSON with the blueprint's words (see `Section.as_json`), frozen into every paper and
copied into every mark record, so that a mark can be computed anew from what stands beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from exams.rules.scoring import marks_text
from question_bank import marking
from question_bank.kinds.base import Kind
from question_bank.rules.contract import Written
from question_bank.rules.shares import split

ZERO = Decimal(0)
Mark = Decimal | None


@dataclass(frozen=True)
class Section:
    """A section of a paper. `floor` None = no floor. The exact rule, unnamed, where nothing was said."""

    title: str = ""
    instructions: str = ""
    rule: str = "exact"
    settings: Mapping[str, Any] = field(default_factory=dict)
    floor: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """The section as papers and mark records keep it."""
        return {
            "title": self.title,
            "instructions": self.instructions,
            "rule": self.rule,
            "settings": dict(self.settings),
            "floor": None if self.floor is None else marks_text(self.floor),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Section":
        """The section that `as_json` wrote."""
        floor = stored["floor"]
        kept = {name: stored[name] for name in ("title", "instructions", "rule", "settings")}
        return cls(floor=None if floor is None else Decimal(floor), **kept)


def sections_of(stored: Iterable[Mapping[str, Any]], rule: str = "exact") -> list[Section]:
    """The sections of a paper, at least one: papers older than sections are one, marked by `rule`."""
    return [Section.from_json(one) for one in stored] or [Section(rule=rule)]


def section_place(item: Sequence[Any]) -> int:
    """In which section an item of a paper stands. Items older than sections have no fifth element."""
    return item[4] if len(item) > 4 else 0


def part_marks(
    kind: Kind,
    content: dict[str, Any],
    key: dict[str, Any],
    response: Any,
    section: Section,
    marks: Decimal,
    written: Mapping[str, Decimal],
) -> list[Mark]:
    """The marks of each part of an item (one where it has none); None where a marker must still give them.

    `written` holds what markers gave, by part ("" = the item itself). A blank text is 0 without a marker.
    """
    found = kind.outcomes(content, key, response)
    texts = iter(kind.written(content, key, response))
    given: list[Mark] = []
    for (_, outcome), full in zip(found, split(marks, [share for share, _ in found]), strict=True):
        if outcome.unit == "text":
            text = next(texts)
            given.append(ZERO if outcome.blank else written.get(text.part))
        else:
            rule = marking.get(marking.fitting(section.rule, outcome.unit))
            given.append(rule.mark(outcome, full, section.settings))
    return given


def together(parts: Sequence[Mark]) -> Mark:
    """The marks of an item from those of its parts; None while one of them waits."""
    known = [one for one in parts if one is not None]
    return sum(known, ZERO) if len(known) == len(parts) else None


def section_sums(
    items: Sequence[Sequence[Any]], given: Sequence[Mark], sections: Sequence[Section]
) -> list[Decimal]:
    """What each section earned so far, its floor included."""
    sums = [ZERO] * len(sections)
    for item, mark in zip(items, given, strict=True):
        sums[section_place(item)] += mark or ZERO
    return [
        earned if one.floor is None else max(one.floor, earned)
        for earned, one in zip(sums, sections, strict=True)
    ]


def texts_waiting(
    kind: Kind, content: dict[str, Any], key: dict[str, Any], response: Any, marks: Decimal
) -> list[tuple[Written, Decimal]]:
    """The texts of an item that a marker must mark, each with its full marks; blank ones are not among them."""
    found = kind.outcomes(content, key, response)
    fulls = split(marks, [share for share, _ in found])
    worth = [
        (outcome, full) for (_, outcome), full in zip(found, fulls, strict=True) if outcome.unit == "text"
    ]
    texts = kind.written(content, key, response)
    return [(text, full) for text, (outcome, full) in zip(texts, worth, strict=True) if not outcome.blank]
