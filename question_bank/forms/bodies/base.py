"""The contract of an editor: how a form in the browser holds a question of one kind.

To add one: copy a sibling file, and its template `question_bank/editor/<template>.html`. An editor reads
what was sent into the normal form of its kind, whatever was sent, and says what its template needs to
show a normal form; both without a word about soundness, which the kind checks. Every field's name starts
with a prefix, so that the parts of a case can stand in one form.
"""

import re
from abc import ABC, abstractmethod
from typing import Any

from django.http import QueryDict

from question_bank.rules.text import tidy

NUMBER = re.compile(r"\d{1,3}")


class Sent:
    """What a browser sent, under a prefix."""

    def __init__(self, data: QueryDict, prefix: str = "") -> None:
        self.data, self.prefix = data, prefix

    def text(self, name: str, default: str = "") -> str:
        """One text, as written."""
        return str(self.data.get(self.prefix + name, default))

    def texts(self, name: str, most: int) -> list[str]:
        """All texts under one name, at most so many."""
        return [str(one) for one in self.data.getlist(self.prefix + name)[:most]]

    def places(self, name: str) -> set[int]:
        """All whole numbers under one name."""
        told = self.data.getlist(self.prefix + name)
        return {int(one) for one in told if NUMBER.fullmatch(str(one))}

    def whole(self, name: str, default: int) -> int:
        """A whole number from 0, or the default for anything else."""
        told = tidy(self.text(name))
        return int(told) if re.fullmatch(r"\d{1,5}", told) else default

    def under(self, prefix: str) -> "Sent":
        """The same under a longer prefix."""
        return Sent(self.data, self.prefix + prefix)


class Editor(ABC):
    """How a form holds a question of one kind. `template` is a name in `question_bank/editor/`."""

    template: str

    @abstractmethod
    def empty(self) -> dict[str, Any]:
        """The body of a question nobody has written yet."""

    @abstractmethod
    def read(self, sent: Sent) -> dict[str, Any]:
        """The body that was sent. Never raises, whatever it was."""

    @abstractmethod
    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """What the template shows of a body, with spare rows for more."""


def padded(texts: list[Any], least: int, spare: int, most: int, blank: Any = "") -> list[Any]:
    """The list with spare entries at its end, at least `least` and at most `most` in all."""
    wanted = min(most, max(least, len(texts) + spare))
    return [*texts, *[blank] * (wanted - len(texts))]
