"""True or false (判断题): the options are 正确 and 错误, in this order; a reason may be asked for.

With `content["asks_reason"]` the response is `{"options": [id], "reason": text}`, and the reason waits for
a marker: the key's `points` is its share of the marks as decimal text below 1 (half when left out).
"""

from decimal import Decimal
from typing import Any

from question_bank.kinds.base import (
    BLANK,
    ONE,
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
    Written,
)
from question_bank.rules import choices, documents, shares, texts

TEXTS = ("正确", "错误")
REASON_LIMIT = 500
HALF = "0.5"


class TrueFalse(Kind):
    """True or false (判断题): the options are 正确 and 错误, in this order; a reason may be asked for."""

    name = "true_false"

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        return [
            *choices.check_stem(content),
            *(choices.check_options(content) or self._check_texts(content)),
            *choices.check_key(content, key, most=1),
            *self._check_reason(content, key),
        ]

    def _check_texts(self, content: Any) -> list[Problem]:
        found = tuple(option["text"] for option in content["options"])
        return [] if found == TEXTS else [Problem("options_not_true_false", "options")]

    def _check_reason(self, content: Any, key: Any) -> list[Problem]:
        asks = content.get("asks_reason", False) if isinstance(content, dict) else False
        if not isinstance(asks, bool):
            return [Problem("reason_malformed", "asks_reason")]
        share = shares.weight(key.get("points", HALF)) if asks and isinstance(key, dict) else Decimal(HALF)
        return [] if share and share < ONE else [Problem("reason_share", "key.points")]

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        del content, key
        return []

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        if not content.get("asks_reason"):
            return choices.parse_choice(raw, content, most=1)
        if not isinstance(raw, dict):
            if raw == []:
                return []
            raise BadResponse("not_a_reasoned_choice")
        if not raw.keys() <= {"options", "reason"}:
            raise BadResponse("unknown_field")
        chosen = choices.parse_choice(raw.get("options", []), content, most=1)
        reason = texts.parse_text(raw.get("reason", ""), REASON_LIMIT)
        return {"options": chosen, "reason": reason or ""} if chosen or reason else []

    def shape(self, content: Content) -> Content:
        """See the contract."""
        return super().shape(content) | {"asks_reason": content.get("asks_reason", False)}

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """See the contract."""
        return choices.compare(key, _chosen(content, response))

    def outcomes(self, content: Content, key: Key, response: Response) -> list[tuple[Decimal, Outcome]]:
        """See the contract."""
        choice = self.compare(content, key, response)
        if not content.get("asks_reason"):
            return [(ONE, choice)]
        share = _share(key)
        return [(ONE - share, choice), (share, texts.waiting(_reason(response)))]

    def needs_marker(self, content: Content) -> bool:
        """See the contract."""
        return bool(content.get("asks_reason"))

    def written(self, content: Content, key: Key, response: Response) -> list[Written]:
        """See the contract."""
        if not content.get("asks_reason"):
            return []
        return [Written("", _share(key), content["stem"], _reason(response), key.get("reference", ""), ())]

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        face = choices.face(content, orders)
        if content.get("asks_reason"):
            face |= {"asks_reason": True, "limit": REASON_LIMIT}
        return face

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
        shown = choices.lay_out(content, orders, right, _chosen(content, response))
        if content.get("asks_reason"):
            shown |= {"asks_reason": True, "limit": REASON_LIMIT, "reason": _reason(response)}
            if key is not None:
                shown["reference"] = key.get("reference", "")
        return Shown("question_bank/kinds/true_false", shown)

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        ids = choices.option_ids(content)
        document: Normal = {
            "kind": self.name,
            "stem": content["stem"],
            "right": key["options"] == ids[:1] if key.get("options") else None,
        }
        if content.get("asks_reason"):
            document["reason"] = {"share": key.get("points", HALF), "reference": key.get("reference", "")}
        return document

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        stem, right = documents.text(document, "stem"), documents.flag(document, "right")
        ids = new_ids(len(TEXTS))
        options = [{"id": one, "text": text} for one, text in zip(ids, TEXTS, strict=True)]
        content: Content = {"stem": stem, "options": options}
        key: Key = {"options": [] if right is None else [ids[0] if right else ids[1]]}
        reason = documents.optional(document, "reason", None)
        if reason is not None:
            content["asks_reason"] = True
            key["points"] = documents.text(reason, "share")
            key["reference"] = documents.optional(reason, "reference", "")
            if not isinstance(key["reference"], str):
                raise BadNormal("reference")
        return content, key


def _chosen(content: Content, response: Response) -> Any:
    return (response or {}).get("options", []) if content.get("asks_reason") else response


def _reason(response: Response) -> str:
    return response.get("reason", "") if isinstance(response, dict) else ""


def _share(key: Key) -> Decimal:
    return shares.weight(key.get("points", HALF)) or Decimal(HALF)


kind = TrueFalse()
