"""Case analysis (案例分析题): one stem and several questions about it, drawn, shown and marked as one unit.

`content["parts"]` are `{"id", "kind", "content", "share"}`, of any kind but this one; the key is
`{"parts": {id: key}}`, a response `{part id: response}` without blank parts. A share is a weight: the marks
of the case are divided in the ratio of the shares (`rules/shares.py`).
"""

from decimal import Decimal
from typing import Any

from question_bank.kinds import plain
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
    Written,
)
from question_bank.rules import choices, documents, parts, shares


def _kind(part: dict[str, Any]) -> Kind:
    return plain.KINDS[part["kind"]]


def _key(key: Key, part: dict[str, Any]) -> Key:
    """The key of a part; {} in a draft that has none yet."""
    found: Key = key.get("parts", {}).get(part["id"], {})
    return found


class CaseAnalysis(Kind):
    """Case analysis (案例分析题): one stem and several questions about it."""

    name = "case_analysis"
    units = frozenset({"choice", "blank", "step", "text"})

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        found = [*choices.check_stem(content), *parts.check(content)]
        stored: Any = content.get("parts") if isinstance(content, dict) else None
        if not parts.well_formed(stored):
            return found
        keys: Any = key.get("parts") if isinstance(key, dict) else None
        if not isinstance(keys, dict):
            return [*found, Problem("key_missing", "key")]
        if not keys.keys() <= {part["id"] for part in stored}:
            found.append(Problem("key_outside", "key"))
        for place, part in enumerate(stored):
            if part["kind"] not in plain.KINDS:
                found.append(Problem("part_kind", f"parts.{place}.kind"))
            else:
                found += parts.within(place, _kind(part).check(part["content"], keys.get(part["id"])))
        return found

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        found = [Problem("parts_too_few", "parts")] if len(content["parts"]) < 2 else []
        for place, part in enumerate(content["parts"]):
            found += parts.within(place, _kind(part).doubts(part["content"], _key(key, part)))
        return found

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        if raw == []:
            return []
        if not isinstance(raw, dict):
            raise BadResponse("not_an_object")
        known = {part["id"]: part for part in content["parts"]}
        if not raw.keys() <= known.keys():
            raise BadResponse("unknown_part")
        read = {one: _kind(known[one]).parse(raw[one], known[one]["content"]) for one in sorted(raw)}
        return {one: response for one, response in read.items() if response != []} or []

    def shape(self, content: Content) -> Content:
        """See the contract."""
        return {
            "parts": [
                {"id": part["id"], "kind": part["kind"], "content": _kind(part).shape(part["content"])}
                for part in content["parts"]
            ]
        }

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """The case as a whole: every part counts like a blank, right when it is wholly right."""
        found = [outcome for _, outcome in self.outcomes(content, key, response)]
        right = sum(outcome.is_exact for outcome in found)
        filled = sum(not outcome.blank for outcome in found)
        unit: Any = "text" if self.needs_marker(content) else "blank"
        return Outcome(total=len(found), right=right, wrong=filled - right, blank=not filled, unit=unit)

    def outcomes(self, content: Content, key: Key, response: Response) -> list[tuple[Decimal, Outcome]]:
        """See the contract."""
        given = dict(response or {})
        return [
            (Decimal(part["share"]) * share, outcome)
            for part in content["parts"]
            for share, outcome in _kind(part).outcomes(
                part["content"], _key(key, part), given.get(part["id"], [])
            )
        ]

    def needs_marker(self, content: Content) -> bool:
        """See the contract."""
        return any(_kind(part).needs_marker(part["content"]) for part in content["parts"])

    def written(self, content: Content, key: Key, response: Response) -> list[Written]:
        """See the contract."""
        given = dict(response or {})
        return [
            Written(
                part["id"],
                Decimal(part["share"]) * one.share,
                one.stem,
                one.text,
                one.reference,
                one.points,
            )
            for part in content["parts"]
            for one in _kind(part).written(part["content"], _key(key, part), given.get(part["id"], []))
        ]

    def orders(self, content: Content) -> Orders:
        """See the contract."""
        found = {part["id"]: _kind(part).orders(part["content"]) for part in content["parts"]}
        return {one: orders for one, orders in found.items() if orders}

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        told = [
            {"id": part["id"], "number": number, "kind": part["kind"], "share": part["share"]}
            | _kind(part).face(part["content"], (orders or {}).get(part["id"]))
            for number, part in enumerate(content["parts"], start=1)
        ]
        return {"stem": content["stem"], "parts": told}

    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """See the contract."""
        given = dict(response or {})
        shown: dict[str, Any] = {"stem": content["stem"], "parts": []}
        for number, part in enumerate(content["parts"], start=1):
            view = _kind(part).show(
                part["content"],
                (orders or {}).get(part["id"]),
                key=_key(key, part) if key is not None else None,
                response=given.get(part["id"], []),
            )
            shown["parts"].append(
                {
                    "id": part["id"],
                    "number": number,
                    "kind": part["kind"],
                    "share": part["share"],
                    "template": view.template,
                    **view.context,
                }
            )
        if key is not None:
            shown["key_lines"] = [
                f"({part['number']}) {line}" for part in shown["parts"] for line in part["key_lines"]
            ]
        return Shown("question_bank/kinds/case_analysis", shown)

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        told = [
            {"share": part["share"], **_kind(part).normal(part["content"], _key(key, part))}
            for part in content["parts"]
        ]
        return {"kind": self.name, "stem": content["stem"], "parts": told}

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        told = documents.listed(document, "parts", parts.PARTS_LIMIT)
        stored, keys = [], {}
        for one, part in zip(new_ids(len(told)), told, strict=True):
            name = documents.text(part, "kind")
            if name not in plain.KINDS:
                raise BadNormal("kind")
            content, keys[one] = plain.KINDS[name].from_normal(part, new_ids)
            stored.append(
                {"id": one, "kind": name, "content": content, "share": documents.text(part, "share")}
            )
        weights = [shares.weight(part["share"]) for part in stored]
        if None in weights:
            raise BadNormal("share")
        return {"stem": documents.text(document, "stem"), "parts": stored}, {"parts": keys}


kind = CaseAnalysis()
