"""The editor of fill-in questions: blanks in the stem, and the accepted answers of each."""

import re
from typing import Any

from question_bank.forms.bodies.base import Editor, Sent, padded
from question_bank.rules.blanks import BLANKS_LIMIT, MARKER, numbered
from question_bank.rules.text import tidy

BETWEEN = "|"
_GROUPS = re.compile(r"[;；\n]")
_NUMBERS = re.compile(r"\d{1,2}")


class FillBlank(Editor):
    """A run of underscores, empty brackets or {{n}} in the stem is a blank; `accepted` holds one line for each.

    Synonyms are parted by |. `sets` names the blanks whose answers may come in any order: "1,2;3,4".
    """

    template = "fill_blank"

    def empty(self) -> dict[str, Any]:
        """See the contract."""
        return {"stem": "", "blanks": [], "sets": []}

    def read(self, sent: Sent) -> dict[str, Any]:
        """See the contract."""
        stem = numbered(sent.text("stem"))
        lines = sent.texts("accepted", BLANKS_LIMIT)
        wanted = len(set(MARKER.findall(stem)))
        told = [*lines, *[""] * wanted][: max(wanted, _last(lines))]
        return {
            "stem": stem,
            "blanks": [
                {"accepted": [text for one in line.split(BETWEEN) if (text := tidy(one))]} for line in told
            ],
            "sets": _groups(sent.text("sets"), len(told)),
        }

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """See the contract."""
        accepted = [f" {BETWEEN} ".join(blank.get("accepted", [])) for blank in body.get("blanks", [])]
        sets = "; ".join(",".join(str(one) for one in group) for group in body.get("sets", []))
        return {"accepted": padded(accepted, 1, 1, BLANKS_LIMIT), "sets": sets}


def _last(lines: list[str]) -> int:
    """How many lines stand up to the last one that says something."""
    return max((place for place, line in enumerate(lines, start=1) if tidy(line)), default=0)


def _groups(text: str, blanks: int) -> list[list[int]]:
    """The sets of blanks a text names; numbers of blanks that are not there are left out."""
    told = [sorted({int(one) for one in _NUMBERS.findall(group)}) for group in _GROUPS.split(text)]
    within = [[one for one in group if 1 <= one <= blanks] for group in told]
    return [group for group in within if len(group) > 1]
