"""What a case of the library says, whole: everything that keeps it from standing, and who it gives away."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from lianbing.library.rules import citations, privacy
from lianbing.library.rules.cards import Fault, basis_lines, tidy
from lianbing.library.rules.penalties import lines_of

LONGEST = {"title": 120, "facts": 6000, "outcome": 3000, "lesson": 3000, "basis": 3000}
LONGEST_CITATION, MOST_CITATIONS, MOST_CARDS, MOST_QUESTIONS = 300, 20, 10, 5
REQUIRED = ("title", "facts", "outcome", "lesson")
TEXTS = ("title", "facts", "outcome", "lesson", "basis")
AROUND = 12


@dataclass(frozen=True)
class CaseText:
    """The words of a case. `basis`: a citation a line; `cards`: codes; `questions`: keys at the source of checks."""

    kind: str
    dated: datetime.date
    title: str
    facts: str
    outcome: str
    lesson: str
    basis: str = ""
    cards: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a case gives somebody away: the field, its line from 1, the piece and what stands around it."""

    field: str
    line: int
    kind: privacy.Kind
    before: str
    piece: str
    after: str


def examine(case: CaseText, today: datetime.date) -> list[Fault]:
    """Everything that keeps a case from standing, names and numbers of persons apart (see `giveaways`)."""
    return [*_texts(case), *_basis(case), *_rest(case, today)]


def _texts(case: CaseText) -> Iterator[Fault]:
    for name in TEXTS:
        text = getattr(case, name)
        if name in REQUIRED and not text:
            yield Fault(name, "empty")
        elif len(text) > LONGEST[name]:
            yield Fault(name, "long", str(LONGEST[name]))
        elif any(not (char.isprintable() or char == "\n") for char in text):
            yield Fault(name, "characters")


def _basis(case: CaseText) -> Iterator[Fault]:
    if len(basis_lines(case.basis)) > MOST_CITATIONS:
        yield Fault("basis", "lines", str(MOST_CITATIONS))
        return
    for number, line in lines_of(case.basis):
        if len(line) > LONGEST_CITATION:
            yield Fault("basis", "long", str(LONGEST_CITATION), number)
        elif not any(found.law_title and found.number for found in citations.find(line)):
            yield Fault("basis", "no_article", line[:60], number)


def _rest(case: CaseText, today: datetime.date) -> Iterator[Fault]:
    if case.dated > today:
        yield Fault("dated", "future")
    if len(case.cards) > MOST_CARDS:
        yield Fault("cards", "many", str(MOST_CARDS))
    if len(case.questions) > MOST_QUESTIONS:
        yield Fault("questions", "many", str(MOST_QUESTIONS))


def giveaways(case: CaseText) -> list[Place]:
    """Every place of a case that says who somebody is, in the order of the fields."""
    return [place for name in TEXTS for place in _giveaways(name, getattr(case, name))]


def _giveaways(name: str, text: str) -> Iterator[Place]:
    for mark in privacy.find(text):
        before, after = text[: mark.start], text[mark.end :]
        yield Place(
            name,
            before.count("\n") + 1,
            mark.kind,
            before[before.rfind("\n") + 1 :][-AROUND:],
            text[mark.start : mark.end],
            after.split("\n", 1)[0][:AROUND],
        )


def masked(texts: dict[str, str]) -> dict[str, str]:
    """These texts with everything that says who somebody is made unreadable."""
    return {name: privacy.masked(text) for name, text in texts.items()}


def tidied(texts: dict[str, str]) -> dict[str, str]:
    """These texts as they are kept."""
    return {name: tidy(text, one_line=name == "title") for name, text in texts.items()}
