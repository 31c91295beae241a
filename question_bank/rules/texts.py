"""What the kinds answered in words have in common: reading a text, its limits, its scoring points.

The same rules stand in the exam page's `answers.js`, so that both sides hold equal bytes.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from question_bank.rules import documents
from question_bank.rules.contract import BadResponse, Outcome, Problem

TEXT_LIMIT = 10_000
REFERENCE_LIMIT = 10_000
POINTS_LIMIT = 30
POINT_LIMIT = 500
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BLANK = re.compile("[ \\t\\n\u00a0\u3000]*")
_MARKS = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but spaces and line ends."""
    return _BLANK.fullmatch(text) is not None


def parse_text(raw: object, limit: int) -> str | None:
    """The text as written, line ends as "\\n"; None for a blank.

    Raises BadResponse for what is no text, for a control character, and above `limit` characters.
    """
    if not isinstance(raw, str):
        raise BadResponse("not_text")
    if len(raw) > 2 * TEXT_LIMIT:
        raise BadResponse("too_long")
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _FORBIDDEN.search(text):
        raise BadResponse("bad_character")
    if len(text) > limit:
        raise BadResponse("too_long")
    return None if is_blank(text) else text


def waiting(text: str) -> Outcome:
    """The outcome of a text: blank, or waiting for a marker."""
    return Outcome(total=1, right=0, wrong=0, blank=not text, unit="text")


def check_limit(content: object) -> list[Problem]:
    """Problems of the greatest length of the answer."""
    limit = content.get("limit") if isinstance(content, dict) else None
    sound = type(limit) is int and 1 <= limit <= TEXT_LIMIT
    return [] if sound else [Problem("limit_malformed", "limit")]


def _well_formed(points: object) -> bool:
    return isinstance(points, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and one["id"]
        and isinstance(one.get("text"), str)
        for one in points
    )


def point_marks(raw: object) -> Decimal | None:
    """What a scoring point is worth, or None when it is no decimal text above 0."""
    if not isinstance(raw, str) or not _MARKS.fullmatch(raw):
        return None
    return Decimal(raw) or None


def check_key(key: object) -> list[Problem]:
    """Problems of what a marker marks by: neither reference nor points, or points that cannot be read."""
    reference = key.get("reference", "") if isinstance(key, dict) else None
    points = key.get("points", []) if isinstance(key, dict) else None
    if not isinstance(reference, str) or not _well_formed(points) or not isinstance(points, list):
        return [Problem("reference_missing", "key")]
    found = []
    if is_blank(reference) and not points:
        found.append(Problem("reference_missing", "key"))
    if len(reference) > REFERENCE_LIMIT:
        found.append(Problem("reference_too_long", "key.reference"))
    if len(points) > POINTS_LIMIT or len({one["id"] for one in points}) < len(points):
        found.append(Problem("points_malformed", "key.points"))
    for place, one in enumerate(points):
        field = f"key.points.{place}"
        if is_blank(one["text"]) or len(one["text"]) > POINT_LIMIT:
            found.append(Problem("point_text", field))
        if point_marks(one.get("marks")) is None:
            found.append(Problem("point_marks", field))
    return found


def doubts(key: dict[str, Any]) -> list[Problem]:
    """A text without scoring points can be marked only by feeling."""
    return [] if key.get("points") else [Problem("points_missing", "key.points")]


def key_lines(key: dict[str, Any]) -> dict[str, Any]:
    """What a template shows of the key: the reference answer, the scoring points, and both as lines."""
    reference, points = key.get("reference", ""), list(key.get("points", ()))
    told = [f"{one['text']} ({one['marks']})" for one in points]
    return {
        "reference": reference,
        "points": points,
        "key_lines": [*([reference] if reference else []), *told],
    }


def normal(content: dict[str, Any], key: dict[str, Any]) -> dict[str, Any]:
    """Stem, limit, reference and scoring points without ids."""
    return {
        "stem": content["stem"],
        "limit": content["limit"],
        "reference": key.get("reference", ""),
        "points": [{"text": one["text"], "marks": one["marks"]} for one in key.get("points", ())],
    }


def from_normal(document: Any, new_ids: Callable[[int], list[str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key of what `normal` gives. Raises BadNormal."""
    told = documents.listed(document, "points", POINTS_LIMIT)
    points = [
        {"id": one, "text": documents.text(point, "text"), "marks": documents.text(point, "marks")}
        for one, point in zip(new_ids(len(told)), told, strict=True)
    ]
    content = {"stem": documents.text(document, "stem"), "limit": documents.whole(document, "limit")}
    return content, {"reference": documents.text(document, "reference"), "points": points}
