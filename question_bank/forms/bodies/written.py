"""The editor of the kinds answered in words: limit, reference answer, scoring points."""

from typing import Any

from question_bank.forms.bodies.base import Editor, Sent, padded
from question_bank.rules.text import tidy
from question_bank.rules.texts import POINTS_LIMIT

LEAST = 3


class Written(Editor):
    """Scoring points (采分点) as repeated fields `point_text` and `point_marks`, side by side."""

    template = "written"

    def __init__(self, *, limit: int) -> None:
        self.limit = limit

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "limit": self.limit, "reference": "", "points": []}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract. A point worth nothing in writing is worth 1."""
        texts, marks = sent.texts("point_text", POINTS_LIMIT), sent.texts("point_marks", POINTS_LIMIT)
        marks = [*marks, *[""] * len(texts)]
        points = [
            {"text": text, "marks": tidy(worth) or "1"}
            for text, worth in zip(texts, marks, strict=False)
            if tidy(text)
        ]
        return {
            "stem": sent.text("stem"),
            "limit": sent.whole("limit", self.limit),
            "reference": sent.text("reference"),
            "points": points,
        }

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        blank = {"text": "", "marks": ""}
        return {
            "limit": body.get("limit", self.limit),
            "reference": body.get("reference", ""),
            "points": padded(list(body.get("points", [])), LEAST, 1, POINTS_LIMIT, blank),
        }
