"""A lesson as data: its words a line each, and what changed between two editions. Pure.

A body is a list of parts `{"kind": ..., ...}` (see `queries.lessons`); a `Told` is a lesson as comparing sees it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any

TAG = re.compile(r"<[^>]+>")
BREAK = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
Body = Sequence[Mapping[str, Any]]


def plain(html: str) -> list[str]:
    """The lines of a rich text without its tags."""
    lines = [unescape(TAG.sub("", line)).strip() for line in BREAK.split(html)]
    return [line for line in lines if line]


def lines(body: Body, questions: Mapping[int, str]) -> list[str]:
    """What a body says, a line for each paragraph. `questions`: pk of a version -> its words."""
    return [line for part in body for line in _lines(part, questions)]


def _lines(part: Mapping[str, Any], questions: Mapping[int, str]) -> list[str]:
    kind = part["kind"]
    if kind == "text":
        return plain(part["html"])
    if kind == "article":
        return [part["citation"], part.get("note", "")][: 2 if part.get("note") else 1]
    if kind == "case":
        return [part["title"], *plain(part["facts"]), part["question"], *plain(part["comment"])]
    if kind == "questions":
        return [questions.get(pk, "") for pk in part["versions"]]
    if kind == "slides":
        files = [*part["pages"], *([part["file"]] if part.get("file") else [])]
        return [part["title"], *(file["name"] for file in files)]
    if kind == "table":
        return [part["title"], *(" | ".join(row) for row in part["rows"])]
    if kind in {"video", "pdf"}:
        return [part["title"], part["file"]["name"]]
    if kind == "picture":
        return [part["caption"], part["file"]["name"]]
    return [part["text"]]


def table_rows(text: str) -> list[list[str]]:
    """The rows of a table written as lines with | between the cells, all of one width."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines()]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


@dataclass(frozen=True)
class Told:
    """A lesson with all that a reviewer must see: `text` holds its facts and words, a line each."""

    key: str
    title: str
    text: str


class Fate(StrEnum):
    """What became of a lesson."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """One lesson of the old edition, the new one, or both."""

    fate: Fate
    old: Told | None
    new: Told | None


def compare(old: Sequence[Told], new: Sequence[Told]) -> list[Change]:
    """Every lesson of `new` in its order, then what is gone. A lesson is told by its key alone."""
    before = {one.key: one for one in old}
    kept_keys = {one.key for one in new}
    stayed = _unmoved(
        [one.key for one in old if one.key in kept_keys], [one.key for one in new if one.key in before]
    )
    found = [_change(before.get(one.key), one, one.key in stayed) for one in new]
    return found + [Change(Fate.REMOVED, one, None) for one in old if one.key not in kept_keys]


def _change(old: Told | None, new: Told, stayed: bool) -> Change:
    if old is None:
        return Change(Fate.ADDED, None, new)
    if (old.title, old.text) != (new.title, new.text):
        return Change(Fate.CHANGED, old, new)
    return Change(Fate.SAME if stayed else Fate.MOVED, old, new)


def _unmoved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The keys that stand in the same order in both: the longest row of them, so that one move is one move."""
    place = {key: number for number, key in enumerate(old)}
    best: list[list[str]] = []
    for number, key in enumerate(new):
        before = [best[i] for i in range(number) if place[new[i]] < place[key]]
        best.append([*_longest(before), key])
    return set(_longest(best))


def _longest(rows: Sequence[list[str]]) -> list[str]:
    """The first of the longest; [] of none."""
    return max(rows, key=lambda row: len(row)) if rows else []
