"""Which characters our Chinese fonts can draw, read from the fonts themselves.

A name may hold a character that no font of this machine has (a newer extension of Unicode, a private one
from an old system). Printed, it would be an empty box; so whoever prints asks here first and says so.
"""

import struct
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lianbing.kit import fonts

Span = tuple[int, int]


def lacking(text: str) -> list[str]:
    """The characters of `text` that none of our Chinese fonts draws, each once, in their order."""
    spans = _drawn()
    starts = [first for first, _last in spans]
    missing = []
    for sign in dict.fromkeys(text):
        at = bisect_right(starts, ord(sign)) - 1
        if not sign.isspace() and (at < 0 or ord(sign) > spans[at][1]):
            missing.append(sign)
    return missing


def spelled(text: str) -> str:
    """The text with every character that cannot be drawn written as its code: 〔U+2B3B5〕 instead of a box."""
    for sign in lacking(text):
        text = text.replace(sign, f"〔U+{ord(sign):04X}〕")
    return text


@lru_cache(maxsize=1)
def _drawn() -> list[Span]:
    """Every character of all our fonts as spans in order, none overlapping."""
    merged: list[Span] = []
    for first, last in sorted(span for path in fonts.chinese_fonts() for span in _spans_of(path)):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _spans_of(path: Path) -> list[Span]:
    """The characters of a font file; all faces of a collection share them."""
    with path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            (start,) = _numbers(file, 12, ">I")
        (tables,) = _numbers(file, start + 4, ">H")
        for place in range(tables):
            tag, _sum, offset, _length = _numbers(file, start + 12 + 16 * place, ">4sIII")
            if tag == b"cmap":
                return _spans_of_map(file, offset)
    return []


def _spans_of_map(file: BinaryIO, start: int) -> list[Span]:
    """Of the tables in a cmap the one with 32-bit characters (format 12), which every CJK font has."""
    (tables,) = _numbers(file, start + 2, ">H")
    for place in range(tables):
        _platform, _encoding, offset = _numbers(file, start + 4 + 8 * place, ">HHI")
        (kind,) = _numbers(file, start + offset, ">H")
        if kind == 12:
            (groups,) = _numbers(file, start + offset + 12, ">I")
            file.seek(start + offset + 16)
            return [
                (first, last) for first, last, _glyph in struct.iter_unpack(">III", file.read(12 * groups))
            ]
    return []


def _numbers(file: BinaryIO, at: int, form: str) -> tuple[int, ...]:
    file.seek(at)
    return struct.unpack(form, file.read(struct.calcsize(form)))
