"""What the columns of a flat file say about a question, as the normal form of its kind."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from question_bank.formats.base import BadRow, choices_of
from question_bank.rules import answers, blanks
from question_bank.rules.draft import Draft
from question_bank.rules.text import tidy

LIMITS = {"short_answer": 300, "essay": 2000}
# How people part the answers of several blanks, the surest sign first.
_PARTERS = (r"[;；]", r"\|", r"、", r"[,，]", r"\s+", r"[和与及]")
_SYNONYMS = re.compile(r"\s*(?:\|\||//|或者)\s*")


def draft_of(kind: str, stem: str, cells: Sequence[str], answer: str, **rest: Any) -> Draft:
    """The draft of a row: `cells` are its options in order, `answer` what stands under the answer.

    Raises BadRow naming the field. Without an answer the draft waits for its key.
    """
    if kind == "fill_blank":
        return Draft(kind, _filled(stem, answer), **rest)
    if kind == "ordering":
        return Draft(kind, _ordered(stem, cells, answer), **rest)
    if kind in LIMITS:
        body = {"stem": stem, "limit": LIMITS[kind], "reference": tidy(answer), "points": []}
        return Draft(kind, body, **rest)
    options, right = choices_of(kind, cells, answer)
    return Draft.of_choice(kind, stem, options, right, **rest)


def _filled(stem: str, answer: str) -> dict[str, Any]:
    numbered = blanks.numbered(tidy(stem))
    wanted = len(set(blanks.MARKER.findall(numbered)))
    if not wanted:
        raise BadRow(_("The text has no blank. Write （　） or ____ where one is."), "stem", "fill_blank")
    told = _parted(tidy(answer), wanted)
    return {
        "stem": numbered,
        "blanks": [{"accepted": [one for one in _SYNONYMS.split(text) if one]} for text in told],
        "sets": [],
    }


def _parted(answer: str, wanted: int) -> list[str]:
    """One answer for each blank; empty ones where there is no answer at all."""
    if not answer:
        return [""] * wanted
    if wanted == 1:
        return [answer]
    for parter in _PARTERS:
        parts = [part.strip() for part in re.split(parter, re.sub(rf"(?:{parter})$", "", answer))]
        if len(parts) == wanted and all(parts):
            return parts
    raise BadRow(
        _("The text has %(blanks)d blanks, and the answer “%(answer)s” is not that many, parted by ；.")
        % {"blanks": wanted, "answer": answer[:40]},
        "key",
        "fill_blank",
    )


def _ordered(stem: str, cells: Sequence[str], answer: str) -> dict[str, Any]:
    """The steps in their right order, as the answer says. Raises BadRow: the order of the cells is no key."""
    steps = [text for place, cell in enumerate(cells) if (text := answers.without_letter(tidy(cell), place))]
    if not answer.strip():
        raise BadRow(
            _("The answer is missing: write the right order of the steps, such as BDAC."), "key", "ordering"
        )
    order = answers.order(answer, len(steps))
    if order is None:
        raise BadRow(
            _("The order “%(answer)s” does not name every step once.") % {"answer": answer[:30]},
            "key",
            "ordering",
        )
    return {"stem": stem, "steps": [steps[place] for place in order]}
