"""The editor of ordering questions: the steps, written in their right order."""

from typing import Any

from question_bank.forms.bodies.base import Editor, Sent, padded
from question_bank.rules.choices import OPTIONS_LIMIT
from question_bank.rules.text import tidy

LEAST = 4


class Ordering(Editor):
    """Steps as repeated fields `step`, from first to last. Empty ones are left out."""

    template = "ordering"

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "steps": []}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract."""
        steps = [text for text in sent.texts("step", OPTIONS_LIMIT) if tidy(text)]
        return {"stem": sent.text("stem"), "steps": steps}

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        return {"steps": padded(list(body.get("steps", [])), LEAST, 0, OPTIONS_LIMIT)}
