"""A question in plain lines, so that a person can read, and a machine compare, two versions of any kind."""

from collections.abc import Mapping
from typing import Any

from question_bank.rules.choices import LETTERS

RIGHT = "✓"


def lines(normal: dict[str, Any], labels: Mapping[str, str], number: str = "") -> list[str]:
    """The lines of a question's normal form: what is asked, then what is right. Any kind, parts included.

    `labels` are the words for members that have no form of their own here ("limit": "字数上限").
    """
    right = normal.get("right")
    places = set(right) if isinstance(right, list) else set()
    found = [f"{number}{normal.get('stem', '')}"]
    for place, option in enumerate(_list(normal, "options")):
        mark = f" {RIGHT}" if place in places else ""
        found.append(f"{LETTERS[place % len(LETTERS)]}. {_told(option)}{mark}")
    for place, blank in enumerate(_list(normal, "blanks"), start=1):
        found.append(f"({place}) {_told(blank)}")
    shown = {
        "kind",
        "stem",
        "options",
        "blanks",
        "points",
        "parts",
        *(["right"] if _list(normal, "options") else []),
    }
    for name in sorted(normal.keys() - shown):
        if normal[name] not in (None, "", [], {}, False):
            found.append(f"{labels.get(name, name)}: {_told(normal[name])}")
    found += [f"· {_told(point)}" for point in _list(normal, "points")]
    for place, part in enumerate(_list(normal, "parts"), start=1):
        found += lines(part.get("question", part), labels, f"{number}{place}. ")
    return found


def _list(normal: dict[str, Any], name: str) -> list[Any]:
    value = normal.get(name)
    return value if isinstance(value, list) else []


def _told(value: Any) -> str:
    """Any piece of JSON as people would write it: lists by slashes, values without names."""
    if isinstance(value, dict):
        return " ".join(_told(one) for one in value.values() if one not in (None, ""))
    if isinstance(value, list):
        return " / ".join(_told(one) for one in value)
    return str(value)
