"""From what stands in a file to the lessons of a draft. Pure.

A heading of the first level begins a lesson; where a document has none by style, lines such as 第一讲 or 一、do.
A slide deck is one lesson, each slide under its title.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

NUMBERS = "一二三四五六七八九十百零〇0-9"
PART = re.compile(rf"第[{NUMBERS}]+(?:章|讲|课|篇|单元|部分|专题)(?:\s|[：:、]|$|.)")
SECTION = re.compile(rf"(?:第[{NUMBERS}]+节|[一二三四五六七八九十]+、)")
LONGEST_LINE, LONGEST_TITLE = 40, 100
A_MINUTE = 350  # characters read in a minute, with thought
LONGEST_MINUTES, MOST_COLUMNS, LONGEST_TABLE = 600, 12, 20_000
Block = Sequence[Any]


@dataclass
class Drafted:
    """A lesson to be: its title and its pieces (heading text, text html, table lines, picture bytes)."""

    title: str
    pieces: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """What reading it takes about, in minutes."""
        length = sum(len(value) for kind, value in self.pieces if kind != "picture")
        pictures = sum(kind == "picture" for kind, _value in self.pieces)
        return max(1, min(LONGEST_MINUTES, -(-length // A_MINUTE) + pictures // 2))


@dataclass(frozen=True)
class Draft:
    """A course to be. `title` is "" where the file names none."""

    title: str
    lessons: list[Drafted]


def draft(blocks: Sequence[Block], fallback: str) -> Draft:
    """The lessons of a file. `fallback` titles the course, and a lesson that has no heading of its own."""
    title = next(
        (text for kind, *rest in blocks if kind == "heading" and rest[0] == 0 for text in rest[1:]), ""
    )
    content = [one for one in blocks if not (one[0] == "heading" and one[1] == 0)]
    if not any(one[0] == "heading" for one in content):
        content = _numbered(content)
    work = _Work(title or fallback, splitting=_first_level(content))
    for one in content:
        work.take(one)
    work.close_text()
    lessons = [lesson for lesson in work.lessons if lesson.pieces]
    return Draft(title[:LONGEST_TITLE], lessons)


def _first_level(content: Sequence[Block]) -> int:
    """The level of headings that begin a lesson: the highest there is, as long as it begins more than one or is 1."""
    levels = [one[1] for one in content if one[0] == "heading"]
    return min(levels, default=0)


def _numbered(content: Sequence[Block]) -> list[Block]:
    """Short lines with a number in front as headings, where the styles name none."""
    return [_as_heading(one) for one in content]


def _as_heading(block: Block) -> Block:
    if block[0] != "text" or block[1] != "p":
        return block
    line = "".join(text for text, _bold in block[2]).strip()
    if "\n" in line or len(line) > LONGEST_LINE or line.endswith(("。", "；", "，", "：")):
        return block
    if PART.match(line):
        return ("heading", 1, line)
    return ("heading", 2, line) if SECTION.match(line) else block


class _Work:
    def __init__(self, title: str, splitting: int) -> None:
        self.splitting = splitting
        self.lessons = [Drafted(title[:LONGEST_TITLE])]
        self._open: list[tuple[str, str]] = []

    @property
    def lesson(self) -> Drafted:
        return self.lessons[-1]

    def take(self, block: Block) -> None:
        kind = block[0]
        if kind == "text":
            self._open.append((block[1], _html(block[2])))
            return
        self.close_text()
        if kind == "heading":
            self._heading(block[1], block[2])
        elif kind == "slide":
            if block[1]:
                self.lesson.pieces.append(("heading", block[1][:LONGEST_TITLE]))
        elif kind == "table":
            self.lesson.pieces.append(("table", table_text(block[1])))
        elif kind == "picture":
            self.lesson.pieces.append(("picture", block[1]))

    def _heading(self, level: int, text: str) -> None:
        if level == self.splitting:
            self.lessons.append(Drafted(text[:LONGEST_TITLE]))
        else:
            self.lesson.pieces.append(("heading", text[:LONGEST_TITLE]))
        if len(text) > LONGEST_TITLE:  # nothing of it is lost
            self.lesson.pieces.append(("text", f"<p>{escape(text, quote=False)}</p>"))

    def close_text(self) -> None:
        """The paragraphs gathered so far become one text, neighbours of one list becoming that list."""
        html, open_list = [], ""
        for kind, line in self._open:
            wanted = kind if kind in {"ul", "ol"} else ""
            if open_list != wanted:
                html += [f"</{open_list}>"] * bool(open_list) + [f"<{wanted}>"] * bool(wanted)
                open_list = wanted
            html.append(f"<li>{line}</li>" if wanted else f"<p>{line}</p>")
        html += [f"</{open_list}>"] * bool(open_list)
        self._open = []
        if html:
            self.lesson.pieces.append(("text", "".join(html)))


def _html(runs: Sequence[tuple[str, bool]]) -> str:
    """The runs of a paragraph as rich text: bold is kept, everything escaped."""
    made = []
    for text, bold in runs:
        words = escape(text.replace("\t", " "), quote=False).replace("\n", "<br/>")
        made.append(f"<b>{words}</b>" if bold and words.strip() else words)
    return "".join(made).replace("</b><b>", "").strip()


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """A table as the lines in which an editor writes one."""
    lines = (" | ".join(cell.replace("|", "｜") for cell in row[:MOST_COLUMNS]) for row in rows)
    return "\n".join(lines)[:LONGEST_TABLE]
