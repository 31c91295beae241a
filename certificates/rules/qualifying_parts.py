"""What an eligibility rule is made of: its parts, the parameters each takes, and its form as JSON.

Provinces ask for different things in different figures (see `qualifying_presets`), so everything is data.
A rule lists the parts it asks for; a part that is not listed is not asked. What papers count as which exam
is said by the identifiers of blueprints; an exam without any is one that others hold (the justice
department): then only what HR enters with a document counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

CATEGORY = "officer"  # whoever else serves is refused by law: 行政处罚法 (2021) art. 42
QUALIFICATIONS = ("legal_profession", "hearing_officer")


class Part(StrEnum):
    """One thing that may be asked, in the order in which people read them."""

    CATEGORY = "category"
    AGE = "age"
    PROBATION = "probation"
    PUBLIC_EXAM = "public_exam"
    SPECIALIST_EXAM = "specialist_exam"
    HOURS = "hours"
    CONDUCT = "conduct"
    QUALIFICATION = "qualification"
    NO_BLOCK = "no_block"


EXAMS = (Part.PUBLIC_EXAM, Part.SPECIALIST_EXAM)
# What HR may enter with a document where no record of the system tells it.
ATTESTABLE = (
    Part.AGE,
    Part.PROBATION,
    Part.PUBLIC_EXAM,
    Part.SPECIALIST_EXAM,
    Part.CONDUCT,
    Part.QUALIFICATION,
)


class Kind(StrEnum):
    """What sort of value a parameter holds: a whole number, names of a list, identifiers."""

    NUMBER = "number"
    NAMES = "names"
    KEYS = "keys"


@dataclass(frozen=True)
class Param:
    """One parameter: its sort, its default, and the bounds of a number or the names of a list."""

    kind: Kind
    default: Any
    low: int = 0
    high: int = 0
    among: tuple[str, ...] = ()


def _months(default: int, high: int = 120) -> Param:
    return Param(Kind.NUMBER, default, 0, high)


_EXAM = {
    "papers": Param(Kind.KEYS, ()),
    "months": _months(0),  # a pass is good for so many months; 0 = for good
    "exempt": Param(Kind.NAMES, (), among=QUALIFICATIONS),  # who holds one of these need not sit
}
PARAMS: dict[Part, dict[str, Param]] = {
    Part.CATEGORY: {},
    Part.AGE: {"least": Param(Kind.NUMBER, 18, 16, 60)},
    Part.PROBATION: {"months": _months(12, 36)},
    Part.PUBLIC_EXAM: _EXAM,
    Part.SPECIALIST_EXAM: _EXAM,
    Part.HOURS: {
        "hours": Param(Kind.NUMBER, 60, 1, 2000),
        "months": _months(0),  # in the last so many months; 0 = in this calendar year
    },
    Part.CONDUCT: {"months": Param(Kind.NUMBER, 24, 1, 120)},
    Part.QUALIFICATION: {"kinds": Param(Kind.NAMES, ("legal_profession",), among=QUALIFICATIONS)},
    Part.NO_BLOCK: {},
}


@dataclass(frozen=True)
class PartRule:
    """One part that is asked, with its parameters (those left out have their defaults)."""

    part: Part
    params: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """A parameter of this part."""
        return self.params.get(name, PARAMS[self.part][name].default)


@dataclass(frozen=True)
class EligibilityRule:
    """Everything that is asked of somebody before a certificate may be applied for."""

    parts: tuple[PartRule, ...]

    def part(self, part: Part) -> PartRule | None:
        """The rule of one part, or None where it is not asked."""
        return next((one for one in self.parts if one.part is part), None)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a rule: the part, the parameter ("" = the part itself) and a code."""

    part: str
    name: str
    code: str


def check(rule: EligibilityRule) -> list[Problem]:
    """What is wrong with a rule; empty = it may come into force.

    The category is always asked: it keeps auxiliaries out. Without an exam there is no eligibility.
    """
    problems = []
    parts = [one.part for one in rule.parts]
    if Part.CATEGORY not in parts:
        problems.append(Problem(Part.CATEGORY, "", "asked"))
    if not set(EXAMS) & set(parts):
        problems.append(Problem(Part.PUBLIC_EXAM, "", "no_exam"))
    if len(set(parts)) != len(parts):
        problems.append(Problem("", "", "twice"))
    papers = [key for one in rule.parts if one.part in EXAMS for key in one.get("papers")]
    if len(set(papers)) != len(papers):
        problems.append(Problem(Part.SPECIALIST_EXAM, "papers", "shared"))
    for one in rule.parts:
        problems += _check_part(one)
    return problems


def _check_part(one: PartRule) -> Iterable[Problem]:
    known = PARAMS[one.part]
    for name in one.params:
        if name not in known:
            yield Problem(one.part, name, "unknown")
    for name, param in known.items():
        value = one.get(name)
        if not _fits(param, value):
            yield Problem(one.part, name, "value")
        elif name == "kinds" and not value:
            yield Problem(one.part, name, "empty")


def _fits(param: Param, value: Any) -> bool:
    if param.kind is Kind.NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and param.low <= value <= param.high
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        return False
    return param.kind is Kind.KEYS or set(value) <= set(param.among)


def to_json(rule: EligibilityRule) -> list[dict[str, Any]]:
    """A rule as JSON data, every parameter written out."""
    return [
        {"part": one.part.value}
        | {
            name: list(one.get(name)) if param.kind in {Kind.NAMES, Kind.KEYS} else one.get(name)
            for name, param in PARAMS[one.part].items()
        }
        for one in rule.parts
    ]


def from_json(stored: Iterable[Mapping[str, Any]]) -> EligibilityRule:
    """The rule of what `to_json` wrote. Raises ValueError for a part nobody knows."""
    parts = []
    for row in stored:
        params = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in row.items()
            if name != "part"
        }
        parts.append(PartRule(Part(row["part"]), params))
    return EligibilityRule(tuple(parts))
