"""The words kinds, marking rules and their callers share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol


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


@dataclass(frozen=True)
class Shown:
    """How a question is shown: a template folder and its data. Never HTML, never translated text."""

    template: str
    context: dict[str, Any]

    def page(self, view: str) -> str:
        """The template of one view of the question: "asked", "answered" or "print"."""
        return f"{self.template}/{view}.html"


class MarkingRule(Protocol):
    """Turns what was chosen into marks. 0 <= result <= marks, for every input."""

    name: str

    def mark(self, key: frozenset[str], chosen: frozenset[str], marks: Decimal) -> Decimal:
        """The marks for `chosen` (ids, never blank) where `key` is right and `marks` is full."""
        ...
