"""What the kinds with options have in common: checking them, reading a choice, laying them out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from question_bank.rules import documents, rich
from question_bank.rules.contract import BadNormal, BadResponse, Outcome, Problem
from question_bank.rules.text import normalise

LETTERS = "ABCDEFGHIJKL"
STEM_LIMIT = 4000
OPTION_LIMIT = 1000
OPTIONS_LIMIT = len(LETTERS)
RESPONSE_LIMIT = 64


def option_ids(content: dict[str, Any]) -> list[str]:
    """The ids of the options in stored order."""
    return [option["id"] for option in content["options"]]


def check_stem(content: object) -> list[Problem]:
    """Problems of the text that asks."""
    stem = content.get("stem") if isinstance(content, dict) else None
    if not isinstance(stem, str) or not stem.strip():
        return [Problem("stem_missing", "stem")]
    if len(stem) > STEM_LIMIT:
        return [Problem("stem_too_long", "stem")]
    return [Problem(code, "stem") for code in rich.faults(stem)]


def _well_formed(options: object) -> bool:
    return isinstance(options, list) and all(
        isinstance(o, dict) and isinstance(o.get("id"), str) and o["id"] and isinstance(o.get("text"), str)
        for o in options
    )


def check_options(content: object) -> list[Problem]:
    """Problems of the options: too few or many, empty, too long, the same twice."""
    options = content.get("options") if isinstance(content, dict) else None
    if not isinstance(options, list) or not _well_formed(options):
        return [Problem("options_malformed", "options")]
    found = []
    if len(options) < 2:
        found.append(Problem("options_too_few", "options"))
    if len(options) > OPTIONS_LIMIT:
        found.append(Problem("options_too_many", "options"))
    if len({option["id"] for option in options}) < len(options):
        found.append(Problem("options_malformed", "options"))
    seen: set[str] = set()
    for place, option in enumerate(options):
        text = normalise(option["text"])
        if not text:
            found.append(Problem("option_empty", f"options.{place}"))
        elif text in seen:
            found.append(Problem("option_duplicate", f"options.{place}"))
        if len(option["text"]) > OPTION_LIMIT:
            found.append(Problem("option_too_long", f"options.{place}"))
        seen.add(text)
    return found


def check_key(content: object, key: object, *, most: int | None) -> list[Problem]:
    """Problems of the key: none, outside the options, or more than `most` right options."""
    right = key.get("options") if isinstance(key, dict) else None
    if not isinstance(right, list) or not all(isinstance(one, str) for one in right) or not right:
        return [Problem("key_missing", "key")]
    options = content.get("options") if isinstance(content, dict) else None
    known = {o["id"] for o in options} if isinstance(options, list) and _well_formed(options) else set()
    if not set(right) <= known:
        return [Problem("key_outside", "key")]
    return [Problem("key_too_many", "key")] if most is not None and len(set(right)) > most else []


def parse_choice(raw: object, content: dict[str, Any], *, most: int | None) -> list[str]:
    """The chosen ids, sorted, each once; [] is a blank.

    Order and repetition in `raw` change nothing. Raises BadResponse for anything that is not a short
    list of the question's own ids, or for more than `most` of them.
    """
    if not isinstance(raw, (list, tuple)) or len(raw) > RESPONSE_LIMIT:
        raise BadResponse("not_a_list")
    if not all(isinstance(one, str) for one in raw):
        raise BadResponse("not_text")
    chosen = set(raw)
    if not chosen.issubset(option_ids(content)):
        raise BadResponse("unknown_option")
    if most is not None and len(chosen) > most:
        raise BadResponse("too_many")
    return sorted(chosen)


def compare(key: dict[str, Any], chosen: Iterable[str]) -> Outcome:
    """What came of chosen ids: how many of the right ones, how many others."""
    right, picked = set(key["options"]), set(chosen)
    return Outcome(
        total=len(right),
        right=len(picked & right),
        wrong=len(picked - right),
        blank=not picked,
        unit="choice",
    )


def face(content: dict[str, Any], order: Sequence[str] | None) -> dict[str, Any]:
    """Stem and options in `order` (none given = as stored), each with its letter."""
    texts = {option["id"]: option["text"] for option in content["options"]}
    options = [
        {"id": one, "letter": LETTERS[place], "text": texts[one]} for place, one in enumerate(order or texts)
    ]
    return {"stem": content["stem"], "options": options}


def lay_out(
    content: dict[str, Any], order: Sequence[str] | None, key: Iterable[str] | None, chosen: Iterable[str]
) -> dict[str, Any]:
    """The data of a template: the face, and what was chosen.

    What is right is in the data only when a `key` is given, so that an asked view cannot give it away.
    """
    shown = face(content, order)
    picked = set(chosen)
    right = set(key) if key is not None else None
    for option in shown["options"]:
        option["chosen"] = option["id"] in picked
        if right is not None:
            option["right"] = option["id"] in right
    if right is not None:
        shown["key_letters"] = "".join(option["letter"] for option in shown["options"] if option["right"])
        shown["key_lines"] = [shown["key_letters"]]
    return shown


def normal(content: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    """Stem, option texts in stored order, and the places of the right ones, from 0."""
    ids = option_ids(content)
    return {
        "stem": content["stem"],
        "options": [option["text"] for option in content["options"]],
        "right": sorted(ids.index(one) for one in set(key.get("options", [])) if one in ids),
    }


def from_normal(document: Any, new_ids: Callable[[int], list[str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key of what `normal` gives. Raises BadNormal."""
    texts, right = documents.texts(document, "options", OPTIONS_LIMIT), documents.places(document, "right")
    ids = new_ids(len(texts))
    content = {
        "stem": documents.text(document, "stem"),
        "options": [{"id": one, "text": text} for one, text in zip(ids, texts, strict=True)],
    }
    if any(place >= len(ids) for place in right):
        raise BadNormal("right")
    return content, {"options": [ids[place] for place in right]}
