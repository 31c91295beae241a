"""Ordering (排序题): the steps of a procedure, to be put in their order; partial credit by neighbours.

`key["order"]` lists all option ids in the right order. A response lists ids in the order given, some or
all, none twice. Options are shuffled for every candidate; where no order is given they stand by id, so
that the stored order never gives the key away.
"""

import itertools
from typing import Any

from question_bank.kinds.base import (
    BLANK,
    BadNormal,
    BadResponse,
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
from question_bank.rules import choices, documents, steps


class Ordering(Kind):
    """Ordering (排序题): the steps of a procedure, to be put in their order."""

    name = "ordering"
    units = frozenset({"step"})

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        found = [*choices.check_stem(content), *choices.check_options(content)]
        return found or self._check_order(content, key)

    def _check_order(self, content: Any, key: object) -> list[Problem]:
        order = key.get("order") if isinstance(key, dict) else None
        if not isinstance(order, list) or not order or not all(isinstance(one, str) for one in order):
            return [Problem("order_missing", "key")]
        return (
            [] if sorted(order) == sorted(choices.option_ids(content)) else [Problem("order_outside", "key")]
        )

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        del key
        return [Problem("steps_too_few", "options")] if len(content["options"]) < 3 else []

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        if not isinstance(raw, (list, tuple)) or len(raw) > choices.RESPONSE_LIMIT:
            raise BadResponse("not_a_list")
        if not all(isinstance(one, str) for one in raw):
            raise BadResponse("not_text")
        if not set(raw).issubset(choices.option_ids(content)):
            raise BadResponse("unknown_option")
        if len(set(raw)) < len(raw):
            raise BadResponse("repeated")
        return list(raw)

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """See the contract."""
        del content
        return steps.compare(key["order"], response or [])

    def orders(self, content: Content) -> Orders:
        """See the contract."""
        return choices.option_ids(content)

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        return choices.face(content, orders or sorted(choices.option_ids(content)))

    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """See the contract."""
        shown = self.face(content, orders)
        named = {option["id"]: option for option in shown["options"]}
        given = list(response or [])
        right = [one for one in key.get("order", []) if one in named] if key is not None else []
        follows = dict(itertools.pairwise(right))
        shown["given"] = [dict(named[one]) for one in given]
        if key is not None:
            for step, after in zip(shown["given"], [*given[1:], None], strict=False):
                step["kept"] = follows.get(step["id"]) == after
            shown["right_order"] = [dict(named[one]) for one in right]
            shown["key_lines"] = ["".join(named[one]["letter"] for one in right)]
        return Shown("question_bank/kinds/ordering", shown)

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        texts = {option["id"]: option["text"] for option in content["options"]}
        steps_told = [texts[one] for one in key.get("order", []) if one in texts]
        return {"kind": self.name, "stem": content["stem"], "steps": steps_told}

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        told = documents.texts(document, "steps", choices.OPTIONS_LIMIT)
        ids = new_ids(len(told))
        if len(set(ids)) < len(told):
            raise BadNormal("steps")
        options = [{"id": one, "text": text} for one, text in zip(ids, told, strict=True)]
        by_id = sorted(options, key=lambda option: option["id"])
        return {"stem": documents.text(document, "stem"), "options": by_id}, {"order": ids}


kind = Ordering()
