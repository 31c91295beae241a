"""The pieces of an article: its 款 (paragraphs), their 项 (items （一）) and 目 (sub-items 1.), and their anchors.

An article's text holds one piece a line. By the convention of drafting a paragraph bears no number, an
item a Chinese numeral in brackets, a sub-item an Arabic one. The anchors are permanent: they depend on
the words of the article alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lianbing.library.rules.numerals import NumeralError, to_chinese, to_int

ITEM = re.compile(r"\s*[（(]\s*(?P<number>[零〇一二三四五六七八九十百]{1,6})\s*[）)]")
BRACKETED = re.compile(r"\s*[（(]\s*(?P<number>[0-9０-９]{1,2})\s*[）)]")
DOTTED = re.compile(r"\s*(?P<number>[0-9０-９]{1,2})\s*[.．、](?![0-9０-９])")
ONE_SIGN = re.compile(r"\s*(?P<sign>[\u2488-\u249b])")  # the single characters ⒈ to ⒛
FIRST_SIGN = 0x2487
BEGINS_NUMBERED = re.compile(r"\s*[（(0-9０-９\u2488-\u249b]")


@dataclass(frozen=True)
class Piece:
    """One line of an article: `item` and `subitem` are 0 where it is none.

    `repeat` counts pieces that bear the same numbers in one article, from 1; `text` is the whole line.
    """

    paragraph: int
    item: int = 0
    subitem: int = 0
    repeat: int = 1
    text: str = ""

    @property
    def tail(self) -> str:
        """What follows the article's anchor: p1, p1-i2, p1-i2-s1."""
        parts = [f"p{self.paragraph}"]
        parts += [f"i{self.item}"] if self.item else []
        parts += [f"s{self.subitem}"] if self.subitem else []
        parts += [f"r{self.repeat}"] if self.repeat > 1 else []
        return "-".join(parts)

    @property
    def label(self) -> str:
        """How it is cited: 第一款第二项, 第一款第（二）项 being the same."""
        words = f"第{to_chinese(self.paragraph)}款"
        words += f"第{to_chinese(self.item)}项" if self.item else ""
        return words + (f"第{self.subitem}目" if self.subitem else "")


def pieces(text: str) -> list[Piece]:
    """The pieces of an article's text in order, one for every line that holds something."""
    made: list[Piece] = []
    seen: Counter[tuple[int, int, int]] = Counter()
    here = (0, 0, 0)
    arabic_items = False
    for line in text.split("\n"):
        if not line.strip():
            continue
        here, arabic_items = _next(line, here, arabic_items)
        seen[here] += 1
        made.append(Piece(*here, seen[here], line))
    return made


def _next(line: str, here: tuple[int, int, int], arabic_items: bool) -> tuple[tuple[int, int, int], bool]:
    """The numbers of this line after the piece `here`; whether the items of its paragraph are Arabic.

    An article that begins with an item has it in its first paragraph.
    """
    paragraph, item, subitem = here
    if not BEGINS_NUMBERED.match(line):
        return (paragraph + 1, 0, 0), False
    number = _number(ITEM, line)
    if number:
        return (paragraph or 1, number, 0), False
    number = _number(BRACKETED, line)
    if number and (arabic_items or not item):
        return (paragraph or 1, number, 0), True
    number = number or _number(DOTTED, line) or _sign(line)
    if number and (item or number in {1, subitem + 1}) and paragraph:
        return (paragraph, item, number), arabic_items
    return (paragraph + 1, 0, 0), False


def _number(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    try:
        return to_int(match.group("number")) if match else 0
    except NumeralError:
        return 0


def _sign(line: str) -> int:
    match = ONE_SIGN.match(line)
    return ord(match.group("sign")) - FIRST_SIGN if match else 0


def anchor(article_anchor: str, piece: Piece) -> str:
    """The permanent name of a piece inside its edition: art-33-p1-i2-s1."""
    return f"{article_anchor}-{piece.tail}"


def find(made: Sequence[Piece], paragraph: int = 0, item: int = 0, subitem: int = 0) -> list[Piece]:
    """The lines that a citation means: the piece it names with everything below it; all without a name.

    Without a paragraph (第三十三条第二项) the item is looked for in every paragraph: the first one that
    has it. Empty where the article has no such piece.
    """
    if item and not paragraph:
        paragraph = next((p.paragraph for p in made if p.item == item), 0)
        if not paragraph:
            return []
    return [
        piece
        for piece in made
        if (not paragraph or piece.paragraph == paragraph)
        and (not item or piece.item == item)
        and (not subitem or piece.subitem == subitem)
    ]
