"""The editor of a case: one stem, and an editor of its own for every sub-question."""

import re
from collections.abc import Mapping
from typing import Any

from question_bank.forms.bodies.base import Editor, Sent
from question_bank.rules.parts import PARTS_LIMIT
from question_bank.rules.text import tidy

_ACT = re.compile(r"(add|drop|up|down):(\w{1,32})")


class CaseAnalysis(Editor):
    """Sub-questions under the prefixes `p0-`, `p1-` ...; `parts` says how many there are.

    Without a script every button posts the form: `act` is "add:single_choice", "drop:2", "up:2" or "down:2".
    """

    template = "case_analysis"

    def __init__(self, editors: Mapping[str, Editor]) -> None:
        self.editors = editors

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "parts": []}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract."""
        parts = []
        for place in range(min(sent.whole("parts", 0), PARTS_LIMIT)):
            own = sent.under(f"p{place}-")
            editor = self.editors.get(own.text("kind"))
            if editor is not None:
                share = tidy(own.text("share")) or "1"
                parts.append({"share": share, "kind": own.text("kind"), **editor.read(own)})
        return {"stem": sent.text("stem"), "parts": self._acted(parts, sent.text("act"))}

    def _acted(self, parts: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
        """The parts after a button: one more, one less, or one moved by a place."""
        told = _ACT.fullmatch(act)
        if told is None:
            return parts
        what, whom = told.groups()
        if what == "add" and whom in self.editors and len(parts) < PARTS_LIMIT:
            return [*parts, {"share": "1", "kind": whom, **self.editors[whom].empty()}]
        place = int(whom) if whom.isdecimal() else -1
        if what == "drop" and 0 <= place < len(parts):
            return parts[:place] + parts[place + 1 :]
        other = place - 1 if what == "up" else place + 1
        if what in {"up", "down"} and min(place, other) >= 0 and max(place, other) < len(parts):
            parts[place], parts[other] = parts[other], parts[place]
        return parts

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        return {
            "kinds": list(self.editors),
            "parts": [
                {
                    "place": place,
                    "number": place + 1,
                    "prefix": f"p{place}-",
                    "kind": part["kind"],
                    "share": part.get("share", "1"),
                    "stem": part.get("stem", ""),
                    "template": f"question_bank/editor/{self.editors[part['kind']].template}.html",
                    "rows": self.editors[part["kind"]].rows(part),
                    "last": place == len(body.get("parts", [])) - 1,
                }
                for place, part in enumerate(body.get("parts", []))
                if part.get("kind") in self.editors
            ],
        }
