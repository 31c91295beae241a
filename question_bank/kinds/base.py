"""The contract of a question kind. To add a kind: copy a sibling file, then its three templates.

A kind is pure: it decides about data and knows no database, no clock, no Django. `content` is what is
asked and never holds what is right; `key` is what is right; a response is stored in one canonical form,
so that equal answers are equal bytes. The canonical blank of every kind is `[]`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from question_bank.rules.contract import (
    BadNormal,
    BadResponse,
    MarkingRule,
    Outcome,
    Problem,
    Shown,
    Written,
)
from question_bank.rules.shares import split

__all__ = [
    "BadNormal",
    "BadResponse",
    "Content",
    "Key",
    "Kind",
    "MarkingRule",
    "NewIds",
    "Normal",
    "Orders",
    "Outcome",
    "Problem",
    "Response",
    "Shown",
    "Written",
]

Content = dict[str, Any]
Key = dict[str, Any]
Normal = dict[str, Any]
Response = Any
Orders = Any  # list of ids, or {part id: Orders} where a question has parts
NewIds = Callable[[int], list[str]]
BLANK: tuple[()] = ()
ONE = Decimal(1)
NO_SETTINGS: Mapping[str, Any] = MappingProxyType({})


class Kind(ABC):
    """One kind of question. `name` is stored in the database and never changes.

    `units`: what its outcomes count; a marking rule must take one of them. "text" alone = a marker marks all.
    """

    name: str
    units: frozenset[str] = frozenset({"choice"})

    @abstractmethod
    def check(self, content: object, key: object) -> list[Problem]:
        """What stands in the way of asking this question. Takes any data; [] = sound."""

    @abstractmethod
    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """What an editor should look at in a sound question: it may still be asked."""

    @abstractmethod
    def parse(self, raw: object, content: Content) -> Response:
        """The canonical response for what a client sent. Raises BadResponse; [] is a blank."""

    @abstractmethod
    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """What came of a canonical response, as a whole. Where there are parts, see `outcomes`."""

    @abstractmethod
    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """What is asked, as JSON for a candidate's page. Whatever comes in, nothing about what is right.

        `orders` as `orders()` gives it, shuffled or not; None = an order that says nothing about the key.
        """

    @abstractmethod
    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """The question as data for its templates. Without `key` nothing about what is right is in it."""

    def shape(self, content: Content) -> Content:
        """As much of `content` as `parse` needs, without its texts: what an exam keeps in memory."""
        return {"options": [{"id": option["id"]} for option in content.get("options", ())]}

    @abstractmethod
    def normal(self, content: Content, key: Key) -> Normal:
        """Question and key as a JSON document that knows no ids: for exchange, and for comparing two."""

    @abstractmethod
    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """Content and key of a normal form, with ids of `new_ids(count)`. Raises BadNormal; nothing is checked."""

    def orders(self, content: Content) -> Orders:
        """The ids a seed puts in another order for every candidate; [] where the order is part of the question."""
        del content
        return []

    def needs_marker(self, content: Content) -> bool:
        """Whether a person must mark some of it."""
        del content
        return False

    def written(self, content: Content, key: Key, response: Response) -> list[Written]:
        """The texts that wait for a marker, blank ones included; [] where the machine marks all."""
        del content, key, response
        return []

    def outcomes(self, content: Content, key: Key, response: Response) -> list[tuple[Decimal, Outcome]]:
        """What came of each part with its weight in the question; one of weight 1 where there are no parts."""
        return [(ONE, self.compare(content, key, response))]

    def grade(
        self,
        content: Content,
        key: Key,
        response: Response,
        rule: MarkingRule,
        marks: Decimal,
        settings: Mapping[str, Any] = NO_SETTINGS,
    ) -> Decimal:
        """The marks of a canonical response under `rule`. A blank is 0; a text is 0 until a person marks it."""
        found = self.outcomes(content, key, response)
        parts = split(marks, [share for share, _ in found])
        given = [
            _mark(outcome, rule, part, settings) for (_, outcome), part in zip(found, parts, strict=True)
        ]
        return sum(given, Decimal(0))

    def is_blank(self, response: Response) -> bool:
        """Whether nothing was answered."""
        return not response


def _mark(outcome: Outcome, rule: MarkingRule, marks: Decimal, settings: Mapping[str, Any]) -> Decimal:
    """One outcome under a rule. What the rule does not count (steps, under a rule for options) is all or nothing."""
    if outcome.blank or outcome.unit == "text":
        return Decimal(0)
    if outcome.unit in rule.units:
        return rule.mark(outcome, marks, settings)
    return marks if outcome.is_exact else Decimal(0)
