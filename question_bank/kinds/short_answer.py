"""Short answer (简答题): a few sentences, marked by a person by scoring points (采分点)."""

from typing import Any

from question_bank.kinds.base import (
    BLANK,
    ONE,
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
    Written,
)
from question_bank.rules import choices, texts


class ShortAnswer(Kind):
    """Short answer (简答题): a few sentences, marked by a person by scoring points (采分点)."""

    name = "short_answer"
    units = frozenset({"text"})

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        return [*choices.check_stem(content), *texts.check_limit(content), *texts.check_key(key)]

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        del content
        return texts.doubts(key)

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        return [] if raw == [] else texts.parse_text(raw, content["limit"]) or []

    def shape(self, content: Content) -> Content:
        """See the contract."""
        return {"limit": content["limit"]}

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """See the contract."""
        del content, key
        return texts.waiting(response or "")

    def needs_marker(self, content: Content) -> bool:
        """See the contract."""
        del content
        return True

    def written(self, content: Content, key: Key, response: Response) -> list[Written]:
        """See the contract."""
        points = tuple(key.get("points", ()))
        return [Written("", ONE, content["stem"], response or "", key.get("reference", ""), points)]

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        del orders
        return {"stem": content["stem"], "limit": content["limit"]}

    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """See the contract."""
        shown = self.face(content, orders) | {"text": response or "", "lines": list(range(8))}
        if key is not None:
            shown |= texts.key_lines(key)
        return Shown("question_bank/kinds/short_answer", shown)

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        return {"kind": self.name, **texts.normal(content, key)}

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        return texts.from_normal(document, new_ids)


kind = ShortAnswer()
