"""The parts of a case: checking how they are put together, and their shares."""

from typing import Any

from question_bank.rules.contract import Problem
from question_bank.rules.shares import weight
from question_bank.rules.texts import TEXT_LIMIT

PARTS_LIMIT = 20


def well_formed(parts: object) -> bool:
    """Whether this is a list of parts with an id, a kind, a content and a share each."""
    return isinstance(parts, list) and all(
        isinstance(part, dict)
        and isinstance(part.get("id"), str)
        and part["id"]
        and isinstance(part.get("kind"), str)
        and isinstance(part.get("content"), dict)
        for part in parts
    )


def check(content: object) -> list[Problem]:
    """Problems of the parts as such: none, too many, the same id twice, a share that is no weight, too much to write."""
    parts: Any = content.get("parts") if isinstance(content, dict) else None
    if not well_formed(parts):
        return [Problem("parts_malformed", "parts")]
    found = []
    if not parts:
        found.append(Problem("parts_missing", "parts"))
    if len(parts) > PARTS_LIMIT:
        found.append(Problem("parts_too_many", "parts"))
    if len({part["id"] for part in parts}) < len(parts):
        found.append(Problem("parts_malformed", "parts"))
    for place, part in enumerate(parts):
        if weight(part.get("share")) is None:
            found.append(Problem("part_share", f"parts.{place}.share"))
    limits = [part["content"].get("limit") for part in parts]
    if sum(limit for limit in limits if type(limit) is int) > TEXT_LIMIT:
        found.append(Problem("parts_too_long", "parts"))
    return found


def within(place: int, problems: list[Problem]) -> list[Problem]:
    """The problems of one part, each naming the part: "options.2" becomes "parts.0.options.2"."""
    return [Problem(one.code, f"parts.{place}.{one.field}") for one in problems]
