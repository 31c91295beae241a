"""Stems with pictures and tables, as plain text with a little markup. HTML never is markup here.

- A line `![words](picture:ID)` alone is a picture; ID is the id of an uploaded picture (32 hex digits).
- Lines that begin and end with `|` are a table, one row a line; a second row of dashes makes the first a
  heading.
Everything else is text. The same rules stand in the exam page's `rich.js`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PICTURE = re.compile(r"!\[([^\]\n]{0,200})\]\(picture:([0-9a-f]{32})\)")
_ROW = re.compile(r"\|.*\|")
_RULE = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|)+")
_MARKER = re.compile(r"\{\{\d{1,3}\}\}")
ROWS_LIMIT = 30
COLUMNS_LIMIT = 10
PICTURES_LIMIT = 6


@dataclass(frozen=True)
class Text:
    """Lines of text as written."""

    text: str


@dataclass(frozen=True)
class Picture:
    """An uploaded picture and the words for who cannot see it."""

    uid: str
    words: str


@dataclass(frozen=True)
class Table:
    """Rows of cells; `headed`: the first row is a heading. Every row has as many cells as the longest."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool


Piece = Text | Picture | Table


def pieces(stem: str) -> list[Piece]:
    """A stem as texts, pictures and tables, in order. Any text has a reading; nothing is lost but markup."""
    found: list[Piece] = []
    for kind, lines in _runs(stem.split("\n")):
        if kind == "picture":
            found += [
                Picture(match[2], match[1]) for line in lines if (match := _PICTURE.fullmatch(line.strip()))
            ]
        elif kind == "table":
            found.append(_table(lines))
        else:
            found.append(Text("\n".join(lines)))
    return found


def _kind(line: str) -> str:
    bare = line.strip()
    if _PICTURE.fullmatch(bare):
        return "picture"
    return "table" if len(bare) > 1 and _ROW.fullmatch(bare) else "text"


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Neighbouring lines of one kind. A table of a single line is text: somebody just wrote bars."""
    run: list[str] = []
    before = ""
    for line in [*lines, None]:
        kind = _kind(line) if line is not None else ""
        if run and kind != before:
            yield ("text" if before == "table" and len(run) == 1 else before), run
            run = []
        if line is not None:
            run.append(line)
        before = kind


def _table(lines: list[str]) -> Table:
    headed = len(lines) > 1 and bool(_RULE.fullmatch(lines[1].strip()))
    kept = [line for line in lines if not _RULE.fullmatch(line.strip())]
    cells = [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in kept]
    width = max((len(row) for row in cells), default=0)
    return Table(tuple((*row, *[""] * (width - len(row))) for row in cells), headed)


def pictures_in(text: str) -> list[str]:
    """The ids of the pictures a text shows, each once, in order."""
    return list(dict.fromkeys(piece.uid for piece in pieces(text) if isinstance(piece, Picture)))


def faults(stem: str) -> list[str]:
    """What is too much in a stem, as codes: table_too_large, pictures_too_many, blank_in_table."""
    found = []
    tables = [piece for piece in pieces(stem) if isinstance(piece, Table)]
    if any(len(one.rows) > ROWS_LIMIT or len(one.rows[0]) > COLUMNS_LIMIT for one in tables if one.rows):
        found.append("table_too_large")
    if len(pictures_in(stem)) > PICTURES_LIMIT:
        found.append("pictures_too_many")
    if any(_MARKER.search(cell) for one in tables for row in one.rows for cell in row):
        found.append("blank_in_table")
    return found


def words(stem: str) -> str:
    """The stem without its markup, for lists and for comparing: tables by their cells, pictures by their
    words, blanks as lines.
    """
    told = []
    for piece in pieces(stem):
        if isinstance(piece, Text):
            told.append(piece.text)
        elif isinstance(piece, Picture):
            told.append(piece.words)
        else:
            told += [" ".join(row) for row in piece.rows]
    return _MARKER.sub("____", "\n".join(told))
