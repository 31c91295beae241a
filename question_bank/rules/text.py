"""Cleaning text that people pasted, and telling two questions apart."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


def tidy(text: object) -> str:
    """The text without invisible characters, with plain line ends and spaces, trimmed line by line.

    Anything that is not text (a number out of a cell, None) is written out first; None is "".
    """
    if text is None:
        return ""
    plain = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    plain = _CONTROL.sub("", plain.translate(_INVISIBLE))
    return "\n".join(line.strip() for line in plain.split("\n")).strip()


def normalise(text: str) -> str:
    """The text as it is compared: full and half width alike, no spaces, small letters."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def fingerprint(kind: str, stem: str, options: Iterable[str]) -> str:
    """The same for two questions that ask the same thing, whatever the order of their options."""
    parts = [kind, normalise(stem), *sorted(normalise(option) for option in options)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
