"""The editor of the kinds with options: texts in order, and boxes for the right ones."""

from typing import Any

from question_bank.forms.bodies.base import Editor, Sent, padded
from question_bank.rules.choices import LETTERS, OPTIONS_LIMIT
from question_bank.rules.text import tidy

LEAST = 4


class Choices(Editor):
    """Options as repeated fields `option`; `right` holds their places from 0. Empty ones are left out."""

    template = "choices"

    def __init__(self, *, one_right: bool) -> None:
        self.one_right = one_right

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "options": [], "right": []}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract. A right place without a text points beyond the options, for the check to find."""
        texts, right = sent.texts("option", OPTIONS_LIMIT), sent.places("right")
        kept = [place for place, text in enumerate(texts) if tidy(text)]
        places = {kept.index(place) if place in kept else len(kept) for place in right}
        return {
            "stem": sent.text("stem"),
            "options": [texts[place] for place in kept],
            "right": sorted(places),
        }

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        texts = padded(list(body.get("options", [])), LEAST, 0, OPTIONS_LIMIT)
        right = set(body.get("right", []))
        return {
            "one_right": self.one_right,
            "options": [
                {"place": place, "letter": LETTERS[place], "text": text, "right": place in right}
                for place, text in enumerate(texts)
            ],
        }
