"""The words kinds, marking rules and their callers share."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

Unit = Literal["choice", "blank", "step", "text"]


@dataclass(frozen=True)
class Problem:
    """What is wrong with a question, as data: a code, the field it is about ("stem", "key", "options.2")."""

    code: str
    field: str


class BadResponse(ValueError):
    """A response no honest client sends: a forged id, a wrong type, too many choices. `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadNormal(ValueError):
    """A document that is no normal form of the kind. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Outcome:
    """What came of one response, in units that a marking rule can count. Holds no id and no text.

    `unit` says what is counted. "choice": total = right options of the key, right and wrong = chosen ones.
    "blank": total = blanks, right and wrong = filled ones. "step": total = neighbours in the right order,
    right and wrong = neighbours in the order given. "text": only a person can mark it.
    """

    total: int
    right: int
    wrong: int
    blank: bool
    unit: Unit

    @property
    def is_exact(self) -> bool:
        """Whether the response is the key itself."""
        return self.unit != "text" and not self.blank and self.right == self.total and not self.wrong


@dataclass(frozen=True)
class Shown:
    """How a question is shown: a template folder and its data. Never HTML, never translated text."""

    template: str
    context: dict[str, Any]

    def page(self, view: str) -> str:
        """The template of one view of the question: "asked", "answered" or "print"."""
        return f"{self.template}/{view}.html"


@dataclass(frozen=True)
class Written:
    """A text that waits for a marker, with what they mark it by.

    `part` is the id of the part of a case, "" for the question itself; `share` its weight in the question
    (see `shares.split`); `points` are the scoring points (采分点) `{"id", "text", "marks"}`.
    """

    part: str
    share: Decimal
    stem: str
    text: str
    reference: str
    points: tuple[Mapping[str, str], ...]


class MarkingRule(Protocol):
    """Turns an outcome into marks. `units` are those it takes; a blank never reaches it."""

    name: str
    units: frozenset[str]

    def mark(self, outcome: Outcome, marks: Decimal, settings: Mapping[str, Any]) -> Decimal:
        """The marks for `outcome` where `marks` is full. `settings` are those of the paper's section."""
        ...
