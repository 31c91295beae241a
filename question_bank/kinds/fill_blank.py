"""Fill in (填空题): texts in the blanks of the stem, compared by the rules of `rules/blanks.py`.

The stem holds `{{1}}`, `{{2}}` ... where the first, second ... of `content["blanks"]` stands. The key is
`{"blanks": {id: [accepted texts]}, "sets": [[ids whose answers may come in any order]]}`, a response
`{id: text}` without blank ones.
"""

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
from question_bank.rules import blanks, choices, documents, texts


def _ids(content: Content) -> list[str]:
    return [blank["id"] for blank in content["blanks"]]


def _well_formed(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and one["id"]
        and isinstance(one.get("hint", ""), str)
        for one in found
    )


class FillBlank(Kind):
    """Fill in (填空题): texts in the blanks of the stem."""

    name = "fill_blank"
    units = frozenset({"blank"})

    def check(self, content: object, key: object) -> list[Problem]:
        """See the contract."""
        stem = choices.check_stem(content)
        found: Any = content.get("blanks") if isinstance(content, dict) else None
        if stem or not isinstance(content, dict) or not _well_formed(found):
            return stem or [Problem("blanks_malformed", "blanks")]
        return [*self._check_blanks(content), *self._check_key(content, key)]

    def _check_blanks(self, content: Content) -> list[Problem]:
        ids = _ids(content)
        found = []
        if len(set(ids)) < len(ids):
            found.append(Problem("blanks_malformed", "blanks"))
        if len(ids) > blanks.BLANKS_LIMIT:
            found.append(Problem("blanks_too_many", "blanks"))
        cut = blanks.pieces(content["stem"])
        markers = [one for one in cut if isinstance(one, int)]
        if not markers:
            found.append(Problem("blanks_missing", "stem"))
        elif sorted(markers) != list(range(1, len(ids) + 1)):
            found.append(Problem("blanks_not_in_stem", "stem"))
        if not any(isinstance(one, str) and one.strip() for one in cut):
            found.append(Problem("stem_missing", "stem"))
        if any(len(blank.get("hint", "")) > blanks.ANSWER_LIMIT for blank in content["blanks"]):
            found.append(Problem("hint_too_long", "blanks"))
        return found

    def _check_key(self, content: Content, key: object) -> list[Problem]:
        ids = _ids(content)
        accepted = key.get("blanks") if isinstance(key, dict) else None
        sets = key.get("sets", []) if isinstance(key, dict) else None
        if not isinstance(accepted, dict) or not accepted:
            return [Problem("key_missing", "key")]
        found = [
            problem
            for place, one in enumerate(ids)
            for problem in self._check_accepted(accepted.get(one), f"key.blanks.{place}")
        ]
        if not set(accepted) <= set(ids):
            found.append(Problem("key_outside", "key"))
        return found + self._check_sets(sets, ids)

    def _check_accepted(self, accepted: object, field: str) -> list[Problem]:
        if (
            not isinstance(accepted, list)
            or not accepted
            or not all(isinstance(one, str) for one in accepted)
        ):
            return [Problem("blank_without_answer", field)]
        if len(accepted) > blanks.ACCEPTED_LIMIT:
            return [Problem("accepted_too_many", field)]
        if any(texts.is_blank(one) for one in accepted):
            return [Problem("blank_without_answer", field)]
        too_long = any(len(one) > blanks.ANSWER_LIMIT for one in accepted)
        return [Problem("accepted_too_long", field)] if too_long else []

    def _check_sets(self, sets: object, ids: list[str]) -> list[Problem]:
        sound = isinstance(sets, list) and all(
            isinstance(group, list) and len(group) > 1 and all(one in ids for one in group) for group in sets
        )
        named = [one for group in sets for one in group] if sound and isinstance(sets, list) else []
        return [] if sound and len(set(named)) == len(named) else [Problem("sets_malformed", "key.sets")]

    def doubts(self, content: Content, key: Key) -> list[Problem]:
        """See the contract."""
        asked = blanks.normal(blanks.MARKER.sub(" ", content["stem"]))
        found = []
        for place, one in enumerate(_ids(content)):
            alike = [blanks.normal(text) for text in key.get("blanks", {}).get(one, [])]
            if len(set(alike)) < len(alike):
                found.append(Problem("accepted_twice", f"key.blanks.{place}"))
            if any(len(text) > 1 and text in asked for text in alike):
                found.append(Problem("answer_in_stem", f"key.blanks.{place}"))
        return found

    def parse(self, raw: object, content: Content) -> Response:
        """See the contract."""
        if raw == []:
            return []
        if not isinstance(raw, dict):
            raise BadResponse("not_an_object")
        if not raw.keys() <= set(_ids(content)):
            raise BadResponse("unknown_blank")
        read = {one: texts.parse_text(raw[one], blanks.ANSWER_LIMIT) for one in sorted(raw)}
        return {one: text for one, text in read.items() if text is not None} or []

    def shape(self, content: Content) -> Content:
        """See the contract."""
        return {"blanks": [{"id": one} for one in _ids(content)]}

    def compare(self, content: Content, key: Key, response: Response) -> Outcome:
        """See the contract."""
        given = dict(response or {})
        right = blanks.right_ones(key["blanks"], key.get("sets", []), given)
        return Outcome(
            total=len(content["blanks"]),
            right=len(right),
            wrong=len(given) - len(right),
            blank=not given,
            unit="blank",
        )

    def face(self, content: Content, orders: Orders | None = None) -> dict[str, Any]:
        """See the contract."""
        del orders
        stored = dict(enumerate(content["blanks"], start=1))
        pieces: list[dict[str, Any]] = [
            {"blank": stored[one]["id"], "number": one, "hint": stored[one].get("hint", "")}
            if one in stored
            else {"text": str(one)}
            for one in blanks.pieces(content["stem"])
        ]
        stem = blanks.MARKER.sub("____", content["stem"])
        return {"stem": stem, "pieces": pieces, "limit": blanks.ANSWER_LIMIT}

    def show(
        self,
        content: Content,
        orders: Orders | None = None,
        *,
        key: Key | None = None,
        response: Response = BLANK,
    ) -> Shown:
        """See the contract."""
        shown, given = self.face(content, orders), dict(response or {})
        for piece in shown["pieces"]:
            if "blank" in piece:
                piece["given"] = given.get(piece["blank"], "")
        if key is not None:
            self._reveal(shown, key, given)
        return Shown("question_bank/kinds/fill_blank", shown)

    def _reveal(self, shown: dict[str, Any], key: Key, given: dict[str, str]) -> None:
        accepted, sets = key.get("blanks", {}), key.get("sets", [])
        right = blanks.right_ones(accepted, sets, given)
        loose = {one for group in sets for one in group}
        for piece in shown["pieces"]:
            if "blank" in piece:
                piece["right"] = piece["blank"] in right
                piece["accepted"] = accepted.get(piece["blank"], [])
                piece["any_order"] = piece["blank"] in loose
        asked = sorted((one for one in shown["pieces"] if "blank" in one), key=lambda one: one["number"])
        shown["key_lines"] = [f"{one['number']}. {' / '.join(one['accepted'])}" for one in asked]

    def normal(self, content: Content, key: Key) -> Normal:
        """See the contract."""
        ids = _ids(content)
        told = [
            {"accepted": list(key.get("blanks", {}).get(blank["id"], []))}
            | ({"hint": blank["hint"]} if blank.get("hint") else {})
            for blank in content["blanks"]
        ]
        sets = sorted(sorted(ids.index(one) + 1 for one in group) for group in key.get("sets", []))
        return {"kind": self.name, "stem": content["stem"], "blanks": told, "sets": sets}

    def from_normal(self, document: object, new_ids: NewIds) -> tuple[Content, Key]:
        """See the contract."""
        told = documents.listed(document, "blanks", blanks.BLANKS_LIMIT)
        ids = new_ids(len(told))
        stored, accepted = [], {}
        for one, blank in zip(ids, told, strict=True):
            accepted[one] = documents.texts(blank, "accepted")
            hint = documents.optional(blank, "hint", "")
            if not isinstance(hint, str):
                raise BadNormal("hint")
            stored.append({"id": one, "hint": hint} if hint else {"id": one})
        sets = []
        for group in documents.optional(document, "sets", []) or []:
            numbers = documents.places({"set": group}, "set")
            if any(not 1 <= number <= len(ids) for number in numbers):
                raise BadNormal("sets")
            sets.append([ids[number - 1] for number in numbers])
        content = {"stem": documents.text(document, "stem"), "blanks": stored}
        return content, {"blanks": accepted, "sets": sets}


kind = FillBlank()
