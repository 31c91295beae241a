"""The JSON layout of a labour bureau's bank: one object per question, options optionA to optionF.

Recognised by its keys: type, typeCh, question, optionA "A．…", answer "AC", analysis, scope (the
knowledge point), law1 to law5 (titles of laws; the article stands in the analysis, if anywhere).
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.library.rules import citations
from question_bank.formats.base import BadFile, BadRow, File, Place, Refusal, Row, kind_of
from question_bank.formats.bodies import draft_of
from question_bank.rules.text import tidy

NAME = "hrss_json"
LABEL = gettext_lazy("JSON of the 2019 social-security bank")
OPTIONS = [f"option{letter}" for letter in "ABCDEF"]
LAWS = [f"law{number}" for number in range(1, 6)]
_KEYS = {"typeCh", "question", "answer", "optionA"}
_NOTHING = {"（略）", "(略)", "略", "无", "需补充"}
_COLUMNS = {
    "kind": "typeCh",
    "stem": "question",
    "key": "answer",
    "explanation": "analysis",
    "point": "scope",
    **{f"options.{place}": name for place, name in enumerate(OPTIONS)},
}


def recognise(file: File) -> bool:
    """Whether the file is a JSON list whose first object has this layout's keys."""
    if not file.looks_like_json():
        return False
    try:
        items = file.json
    except BadFile:
        return False
    first = items[0] if isinstance(items, list) and items else None
    return isinstance(first, dict) and _KEYS.issubset(first)


def read(file: File) -> Iterator[Row | Refusal]:
    """Every object of the list. Raises BadFile when it is not a list."""
    if not isinstance(file.json, list):
        raise BadFile(_("%(file)s: this JSON layout is not known.") % {"file": file.name})
    for number, item in enumerate(file.json, start=1):
        name = tidy(item.get("_id")) if isinstance(item, dict) else ""
        place = Place(
            _("%(file)s, item %(number)d") % {"file": file.name, "number": number}
            + (f" ({name[:40]})" if name else ""),
            _COLUMNS,
        )
        try:
            if not isinstance(item, dict):
                raise BadRow(_("This is not a question."))
            yield _row(item, place)
        except BadRow as error:
            yield Refusal(place.at(error.field), str(error), error.kind)


def _row(item: dict[str, Any], place: Place) -> Row:
    text = {name: tidy(value) for name, value in item.items() if not isinstance(value, (dict, list))}
    kind = kind_of(text.get("typeCh", ""))
    cells = [text.get(name, "") for name in OPTIONS]
    explanation = text.get("analysis", "")
    draft = draft_of(
        kind,
        text.get("question", ""),
        cells,
        text.get("answer", ""),
        explanation="" if explanation in _NOTHING else explanation,
        point=text.get("scope", ""),
        citations=tuple(_citations([text.get(name, "") for name in LAWS], explanation)),
    )
    kept = {name: text[name] for name in ("_id", "department", "level") if text.get(name)}
    return Row(place, draft, source=kept)


def _citations(titles: list[str], explanation: str) -> list[str]:
    """The laws named, with the article where the analysis itself names one of the same law."""
    # A place far behind the name of its law may be of another one: too little to rest a question on.
    near = (citations.Nearness.NAMED, citations.Nearness.SENTENCE)
    found = [ref for ref in citations.find(explanation) if ref.nearness in near]
    made = []
    for title in filter(None, titles):
        names = citations.name_keys(title.strip("《》 "))
        articles = [ref.text for ref in found if ref.number and names & citations.name_keys(ref.law_title)]
        made += articles or [title]
    return made
