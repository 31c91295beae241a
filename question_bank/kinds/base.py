"""The contract of a question kind. To add a kind: copy a sibling file, then its three templates.

A kind is pure: it decides about data and knows no database, no clock, no Django. `content` is
`{"stem": text, "options": [{"id", "text"}]}`, `key` is `{"options": [ids]}`; a response is stored in
one canonical form (a sorted list of ids, [] when blank), so that equal answers are equal bytes.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from question_bank.rules.contract import BadResponse, MarkingRule, Problem, Shown

__all__ = ["BadResponse", "Kind", "MarkingRule", "Problem", "Shown"]


class Kind(ABC):
    """One kind of question.

    `name` is stored in the database and never changes. `shuffles_options`: whether every candidate may
    get the options in an order of their own.
    """

    name: str
    shuffles_options: bool

    @abstractmethod
    def check(self, content: object, key: object) -> list[Problem]:
        """What stands in the way of asking this question. Takes any data; [] = sound."""

    @abstractmethod
    def doubts(self, content: dict[str, Any], key: dict[str, Any]) -> list[Problem]:
        """What an editor should look at in a sound question: it may still be asked."""

    @abstractmethod
    def parse(self, raw: object, content: dict[str, Any]) -> list[str]:
        """The canonical response for what a client sent. Raises BadResponse; [] is a blank."""

    @abstractmethod
    def grade(
        self,
        content: dict[str, Any],
        key: dict[str, Any],
        response: list[str],
        rule: MarkingRule,
        marks: Decimal,
    ) -> Decimal:
        """The marks of a canonical response under `rule`; a blank is always 0."""

    @abstractmethod
    def show(
        self,
        content: dict[str, Any],
        order: Sequence[str] | None = None,
        *,
        key: dict[str, Any] | None = None,
        response: Sequence[str] = (),
    ) -> Shown:
        """The question as data for a template, options in `order` (ids; None = as stored).

        Without `key` the data holds nothing about what is right.
        """

    def is_blank(self, response: list[str]) -> bool:
        """Whether nothing was answered."""
        return not response
