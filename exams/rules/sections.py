"""Sections of a paper: whether a rule fits what is asked in one, and the classic division of a paper. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams.rules.marks import Section, section_place
from question_bank import kinds, marking

NUMBERS = "一二三四五六七八九十"
CLASSIC: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("single_choice", "exact", {}),
    ("multiple_choice", "half_for_subset", {}),
    ("true_false", "exact", {}),
    ("short_answer", "exact", {}),
)


@dataclass(frozen=True)
class Misfit:
    """What stands against a rule in a section: a code, the setting or the kind it is about."""

    code: str
    field: str


def numbered(place: int) -> str:
    """The Chinese number of a section (from 0): 一, 二, ... 十一, 二十."""
    tens, ones = divmod(place + 1, 10)
    if not tens:
        return NUMBERS[ones - 1]
    return (NUMBERS[tens - 1] if tens > 1 else "") + "十" + (NUMBERS[ones - 1] if ones else "")


def misfits(section: Section, asked: Iterable[tuple[str, Decimal]]) -> list[Misfit]:
    """Why the rule of a section cannot mark questions of these kinds, worth so much each; [] = it can.

    A kind of several units (a case) fits every rule: what the rule cannot count is marked exactly. What
    only a person marks needs no rule.
    """
    if section.rule not in marking.names():
        return [Misfit("rule_unknown", section.rule)]
    rule = marking.get(section.rule)
    asked = list(asked)
    found = [
        Misfit("rule_cannot_mark", kind)
        for kind in dict.fromkeys(kind for kind, _ in asked)
        if (units := kinds.get(kind).units - {"text"}) and len(units) == 1 and not units & rule.units
    ]
    counted = [marks for kind, marks in asked if kinds.get(kind).units & rule.units]
    found += [Misfit(one.code, one.field) for one in rule.check(section.settings, min(counted, default=None))]
    if section.floor is not None and section.floor > 0:
        found.append(Misfit("floor_above_zero", "floor"))
    return found


@dataclass(frozen=True)
class Span:
    """A section as it stands on a paper: its place from 0, first and last position, worth, kinds asked."""

    place: int
    section: Section
    first: int
    last: int
    marks: Decimal
    kinds: frozenset[str]


def spans(items: Sequence[Sequence[Any]], sections: Sequence[Section]) -> list[Span]:
    """The sections of a paper with the positions they cover; those without questions are left out."""
    found = []
    for place, section in enumerate(sections):
        inside = [(n, item) for n, item in enumerate(items, start=1) if section_place(item) == place]
        if inside:
            worth = sum((Decimal(item[2]) for _, item in inside), Decimal(0))
            asked = frozenset(item[1] for _, item in inside)
            found.append(Span(place, section, inside[0][0], inside[-1][0], worth, asked))
    return found
