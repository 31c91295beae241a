"""What a card says, whole: its parts as text, and everything that keeps it from standing."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields

from lianbing.library.rules import citations, discretion, working_days
from lianbing.library.rules.penalties import PenaltyError, lines_of, parse_bounds, parse_grades
from lianbing.library.rules.working_days import StepError, parse_steps

CODE = re.compile(r"[\w-]{1,40}")
# A word that is an address of its own below /library/cards/.
RESERVED = frozenset({"desk"})
LONGEST = {"name": 200, "item": 60, "violation": 2000, "seen": 1000, "reason": 200}
LONGEST_TEXT, LONGEST_CITATION = 6000, 300
REQUIRED = ("name", "item", "violation", "violation_basis")
LISTS = ("evidence", "documents", "phrases", "mistakes", "risks", "equipment")
WORDS = ("name", "item", "violation", "seen")


@dataclass(frozen=True)
class CardText:
    """The words of a card. Lists are a line each; bounds, grades and steps as `rules.penalties` reads them.

    `posts`: the names of the posts, sorted; none = everybody.
    """

    name: str = ""
    item: str = ""
    violation: str = ""
    seen: str = ""
    violation_basis: str = ""
    penalty_basis: str = ""
    bounds: str = ""
    grades: str = ""
    procedure: str = "ordinary"
    steps: str = ""
    evidence: str = ""
    documents: str = ""
    phrases: str = ""
    mistakes: str = ""
    risks: str = ""
    equipment: str = ""
    posts: tuple[str, ...] = ()


TEXTS = tuple(field.name for field in fields(CardText) if field.name != "posts")


@dataclass(frozen=True)
class Fault:
    """Something about one part of a card. `refused`: it cannot stand so; else a second look is worth it.

    `line` is the line of the part, 0 for all of it; `detail` the piece of text meant.
    """

    field: str
    code: str
    detail: str = ""
    line: int = 0
    refused: bool = True


def tidy(text: str, *, one_line: bool = False) -> str:
    """Text as it is kept: composed characters, no empty lines, no blanks at the ends of lines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [" ".join(line.split()) for line in composed.split("\n")]
    return (" " if one_line else "\n").join(line for line in lines if line)


def code_fault(code: str) -> str:
    """Why this is no code: empty, form or reserved; "" when it is one."""
    if not code:
        return "empty"
    if not CODE.fullmatch(code):
        return "code"
    return "reserved" if code.lower() in RESERVED else ""


def basis_lines(text: str) -> list[str]:
    """The citations of a basis, one a line."""
    return [line for _number, line in lines_of(text)]


def examine(card: CardText) -> list[Fault]:
    """Everything wrong with a card, and what is worth a second look."""
    return [*_parts(card), *_bases(card), *_penalties(card), *_steps(card)]


def _parts(card: CardText) -> Iterator[Fault]:
    for name in TEXTS:
        text = getattr(card, name)
        most = LONGEST.get(name, LONGEST_TEXT)
        if name in REQUIRED and not text:
            yield Fault(name, "empty")
        elif len(text) > most:
            yield Fault(name, "long", str(most))
        elif any(not (char.isprintable() or char == "\n") for char in text):
            yield Fault(name, "characters")
    if card.bounds and not card.penalty_basis:
        yield Fault("penalty_basis", "empty")


def _bases(card: CardText) -> Iterator[Fault]:
    for name in ("violation_basis", "penalty_basis"):
        for number, line in lines_of(getattr(card, name)):
            if len(line) > LONGEST_CITATION:
                yield Fault(name, "long", str(LONGEST_CITATION), number)
            elif not any(found.law_title and found.number for found in citations.find(line)):
                yield Fault(name, "no_article", line[:60], number)


def _penalties(card: CardText) -> Iterator[Fault]:
    try:
        bounds = parse_bounds(card.bounds)
    except PenaltyError as error:
        yield Fault("bounds", error.code, error.text, error.line)
        return
    try:
        grades = parse_grades(card.grades)
    except PenaltyError as error:
        yield Fault("grades", error.code, error.text, error.line)
        return
    for trouble in discretion.check(bounds, grades):
        words = " ".join(part for part in (trouble.subject, trouble.grade, trouble.detail) if part)
        yield Fault("grades", trouble.code, words, trouble.line, trouble.refused)


def _steps(card: CardText) -> Iterator[Fault]:
    try:
        steps = parse_steps(card.steps)
    except StepError as error:
        yield Fault("steps", f"step_{error.code}", error.text, error.line)
        return
    for step in working_days.doubtful(steps):
        yield Fault("steps", "art_85", f"{step.name} {step.limit}", refused=False)
