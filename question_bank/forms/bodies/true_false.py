"""The editor of true or false: which one is right, and whether a reason is asked for."""

from typing import Any

from question_bank.forms.bodies.base import Editor, Sent
from question_bank.kinds.true_false import HALF
from question_bank.rules.text import tidy


class TrueFalse(Editor):
    """`right` is 0 for 正确 and 1 for 错误; `asks_reason` brings the reason's share and reference."""

    template = "true_false"

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "right": None}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract."""
        told = sent.places("right") & {0, 1}
        body: dict[str, Any] = {"stem": sent.text("stem"), "right": (0 in told) if len(told) == 1 else None}
        if sent.text("asks_reason"):
            share = tidy(sent.text("reason_share")) or HALF
            body["reason"] = {"share": share, "reference": sent.text("reason_reference")}
        return body

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        return {
            "answers": [(0, "正确", body.get("right") is True), (1, "错误", body.get("right") is False)],
            "reason": body.get("reason"),
            "half": HALF,
        }
