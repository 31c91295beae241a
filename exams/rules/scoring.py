"""Marks and the fingerprint of a set of answers. Marks are Decimal; nothing here rounds."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

Answers = Mapping[str, Any]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def is_blank(value: Any) -> bool:
    """Whether an answer says nothing (the canonical blank is [])."""
    return value in ([], "", None)


def _ordered(value: Any) -> Any:
    """The same with the keys of every object inside in the order of their characters.

    Most answers are lists of ids, which stay as they are; a list holds texts alone or objects alone.
    """
    if type(value) is dict:
        return {key: _ordered(value[key]) for key in sorted(value)}
    if type(value) is list and value and type(value[0]) is not str:
        return [_ordered(one) for one in value]
    return value


def canonical(answers: Answers) -> str:
    """The canonical JSON of the answers: positions in numeric order, no spaces, blank answers left out.

    Inside an answer the keys of objects are sorted. `canonical.js` writes the same bytes.
    """
    kept = {key: _ordered(answers[key]) for key in sorted(answers, key=int) if not is_blank(answers[key])}
    return _encode(kept)


def digest(text: str) -> str:
    """Lower hexadecimal SHA-256 of the UTF-8 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def answers_sha256(answers: Answers) -> str:
    """The fingerprint of a set of answers: the digest of `canonical(answers)`."""
    return digest(canonical(answers))


def total(marks: Iterable[Decimal]) -> Decimal:
    """The score: the plain sum."""
    return sum(marks, Decimal(0))


def passed(score: Decimal, pass_mark: Decimal) -> bool:
    """Whether a score is enough. Reaching the pass mark exactly is enough."""
    return score >= pass_mark


def marks_text(value: Decimal) -> str:
    """Marks as people write them: 2, 1.5, 0 (no trailing zeros, no exponent)."""
    text = format(value.normalize(), "f")
    return "0" if text in {"-0", ""} else text


def receipt_number(*, year: int, attempt_id: int, fingerprint: str) -> str:
    """A receipt people can read out: year, attempt, and four characters that catch a slip of the tongue."""
    return f"{year}-{attempt_id:06d}-{fingerprint[:4].upper()}"
