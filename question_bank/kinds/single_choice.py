"""Single choice (单选题): exactly one of the options is right."""

from typing import Any

from question_bank.kinds.base import (
    BLANK,
    Content,
    Key,
    Kind,
    NewIds,
    Normal,
    Orders,
    Outcome,
    Problem,
    Response,
    Shown,
)
from question_bank.rules import choices


class SingleChoice(Kind):
    """Single choice (单选题): exactly one of the options is right."""

    name = "single_choice"

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        return [
            *choices.check_stem(content),
            *choices.check_options(content),
            *choices.check_key(content, key, most=1),
        ]

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        del content, key
        return []

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        return choices.parse_choice(raw, content, most=1)

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """See the contract."""
        del content
        return choices.compare(key, response)

    def orders(self, content: Content) -> Orders:
        """See the contract."""
        return choices.option_ids(content)

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        return choices.face(content, orders)

    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """See the contract."""
        right = key.get("options", []) if key is not None else None
        return Shown("question_bank/kinds/single_choice", choices.lay_out(content, orders, right, response))

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        return {"kind": self.name, **choices.normal(content, key)}

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        return choices.from_normal(document, new_ids)


kind = SingleChoice()
