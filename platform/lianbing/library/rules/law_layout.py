"""From the lines of a plain text to its paragraphs: what pages, columns and web copies did to them is undone.

Page numbers and running heads go, lines broken at the edge of a page are joined, headings glued to what
follows are cut off. Each of these is named, because a machine that repairs may also damage.
"""

import itertools
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lianbing.library.rules import law_text
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_tree import ARTICLE, KINDS, MENTION, QUOTE
from lianbing.library.rules.numerals import NUMERAL_CHARACTERS

SHOWN = 10
LETTERS = string.ascii_letters
NEAR = 3
ENDS = "。；;：:！？!?”）)》」"
LABEL = rf"第\s*[{NUMERAL_CHARACTERS}]{{1,8}}\s*(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})"
ITEM = re.compile(
    rf"(?:第\s*[{NUMERAL_CHARACTERS}]{{1,12}}\s*条|[（(][一二三四五六七八九十\d]{{1,3}}[)）]|{LABEL}[\s\u3000])"
)
_STOP = "。；;，,：:"
# No heading begins like a sentence about a chapter: 第二章规定的, 第三章第二节.
_TITLE = rf"(?![{MENTION}])(?:[^{_STOP}第\n]|第(?![{NUMERAL_CHARACTERS}\s]{{1,12}}[条章节编篇分])){{1,40}}?"
HEADING_ROW = re.compile(rf"({LABEL})[\s\u3000]*({_TITLE})?")
_GLUED = re.compile(
    rf"({LABEL}\s*{_TITLE}|[附总]\s*则)\s*(?=第\s*[{NUMERAL_CHARACTERS}]{{1,12}}\s*(?:条|章|节|编|篇|分编))"
)
_GLUED_LATER = re.compile(rf"(?<=[。”）])\s*(?={_GLUED.pattern})")
_CONTENTS = re.compile(r"^(目[\s\u3000]*[录次])[\s\u3000:：]*(?=第|序)")
_PAGE = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?(\d{1,4}|[０-９]{1,4})\s*(?:页)?(?:\s*[/／]\s*\d{1,4}|\s*[,，]?\s*共\s*\d{1,4}\s*页)?[-—–－·•\s]*"
)
_SURE_PAGE = re.compile(r"[-—–－·•/／页]")
CHATTER = re.compile(
    r"^(?:责任编辑|责编|编辑[:：]|打印本?页?$|关闭窗?口?$|上一篇|下一篇|扫一扫|分享到?[:：]?|字体[:：]|【?字号|【打印|浏览次数|点击数|当前位置|首页\s*[>＞])"
)


@dataclass(frozen=True)
class Row:
    """One line of a plain text: its number in the file, its words, whether blanks stood before them."""

    number: int
    text: str
    indented: bool = False
    after_break: bool = False


def rows_of(source: str, first: int = 1) -> list[Row]:
    """The lines of a text that hold something."""
    found = []
    broken = False
    for number, whole in enumerate(source.split("\n"), first):
        for part, raw in enumerate(re.split("[\x0b\x0c\x85\u2028\u2029]", whole)):
            broken = broken or ("\x0c" in whole and part > 0)
            text = raw.strip(law_text.BLANK)
            if text:
                found.append(Row(number, text, raw[0] in law_text.BLANK, broken))
                broken = False
    return found


def tidy(rows: Sequence[Row]) -> tuple[list[Row], list[Finding]]:
    """Paragraphs and headings, and what was done to get them."""
    kept, left_out = _furniture(rows)
    joined, seams = _unwrapped(kept)
    doubts = []
    if left_out:
        doubts.append(_told("left_out", left_out))
    if seams:
        doubts.append(_told("lines_joined", seams))
    return _labelled([part for row in joined for part in unglued(row)]), doubts


def _told(code: str, rows: Sequence[Row]) -> Finding:
    return finding(code, count=len(rows), lines=[[row.number, row.text[:QUOTE]] for row in rows[:SHOWN]])


def _furniture(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Rows that belong to the text, and those that belong to the page it was printed on."""
    pages = _page_numbers(rows)
    heads = _running_heads(rows, pages)
    out = [row for i, row in enumerate(rows) if i in pages or i in heads or CHATTER.match(row.text)]
    gone = {id(row) for row in out}
    return [row for row in rows if id(row) not in gone], out


def _page_numbers(rows: Sequence[Row]) -> set[int]:
    """Rows that are page numbers: decorated, or bare ones that count up by one through the text."""
    sure: set[int] = set()
    bare: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        match = _PAGE.fullmatch(row.text) if len(row.text) < 20 else None
        if match and _SURE_PAGE.search(row.text):
            sure.add(i)
        elif match:
            bare.append((i, int(unicodedata.normalize("NFKC", match.group(1)))))
    counts_up = all(b == a + 1 for (_, a), (_, b) in itertools.pairwise(bare))
    if len(bare) > 1 and counts_up and bare[0][1] <= 3:
        sure |= {i for i, _ in bare}
    return sure


def _running_heads(rows: Sequence[Row], pages: set[int]) -> set[int]:
    """Short rows that come again at the edges of pages."""
    edges = {i + step for i in pages for step in (-1, 1)} | {
        i for i, row in enumerate(rows) if row.after_break
    }
    near = Counter(rows[i].text for i in edges if 0 <= i < len(rows) and i not in pages)
    again = {text for text, times in near.items() if times >= 2 and _can_run(text)}
    found = {
        i for i in edges if 0 <= i < len(rows) and rows[i].text in again and not ARTICLE.match(rows[i].text)
    }
    first = {text: min(i for i, row in enumerate(rows) if row.text == text) for text in again}
    # The first time it stands may be the title itself.
    return {i for i in found if i != first[rows[i].text]}


def _can_run(text: str) -> bool:
    """Whether a row may be a running head: no words of a law, which come again too, but with punctuation."""
    return len(text) <= 40 and not any(char in "，。；、：,;:" for char in text)


def _width(row: Row) -> float:
    return sum(0.5 if char.isascii() else 1 for char in row.text) + 2 * row.indented


def _length(row: Row) -> float:
    return len(row.text) + 2 * row.indented


def _unwrapped(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Rows broken at the edge of a page are joined; the seams are returned too. Other texts stay as they are."""
    edge = _edge(rows, _width) or _edge(rows, _length)
    if not edge:
        return list(rows), []
    indents = sum(row.indented for row in rows) > len(rows) // 20
    made: list[Row] = []
    seams: list[Row] = []
    full = False
    for row in rows:
        if made and full and _continues(made[-1].text, row, indents):
            seams.append(row)
            gap = " " if made[-1].text[-1] in LETTERS and row.text[0] in LETTERS else ""
            made[-1] = replace(made[-1], text=made[-1].text + gap + row.text)
        else:
            made.append(row)
        # Some machines count a Latin letter as half a character, some as a whole one.
        full = max(_width(row), _length(row)) >= edge - NEAR
    return made, seams


def _edge(rows: Sequence[Row], measure: Callable[[Row], float]) -> float:
    """The width at which lines were broken, in characters; 0 for a text whose lines are paragraphs."""
    long = [row for row in rows if len(row.text) >= 12]
    widths = sorted(measure(row) for row in long)
    if len(widths) < 6:
        return 0
    edge = widths[int(len(widths) * 0.8)]
    open_ends = [measure(row) for row in long if row.text[-1] not in ENDS]
    at_edge = sum(abs(width - edge) <= NEAR for width in open_ends)
    wrapped = edge <= 90 and at_edge >= 5 and at_edge * 5 >= len(widths) and at_edge * 2 >= len(open_ends)
    return edge if wrapped else 0


def _continues(before: str, row: Row, indents: bool) -> bool:
    """Whether a row goes on with the full one before it."""
    ended = before[-1] in ENDS
    if ended and (not indents or row.indented or heading_of(row.text)):
        return False
    if indents:
        return not row.indented
    starts = ITEM.match(row.text)
    if starts is None:
        return True
    article = ARTICLE.match(row.text)
    return bool(article and not article.group("gap")) or before[-1] in "，,、的照据按和及或与至"


def unglued(row: Row) -> list[Row]:
    """A row that holds headings and what follows them, cut into rows."""
    text = row.text
    if len(text) < 5 or (not any(char in text for char in "章节编篇则")):
        return [row]
    parts: list[str] = []
    contents = _CONTENTS.match(text)
    if contents:
        parts.append("目录")
        text = text[contents.end() :]
    for piece in _pieces(text):
        parts += _headed(piece)
    return [replace(row, text=part) for part in parts if part]


def _pieces(text: str) -> list[str]:
    """The text cut before each heading that follows the end of a sentence."""
    cuts = [match.end() for match in _GLUED_LATER.finditer(text)]
    starts = [0, *cuts]
    return [text[a:b].strip(law_text.BLANK) for a, b in zip(starts, [*cuts, len(text)], strict=True)]


def _headed(text: str) -> list[str]:
    """The headings a text begins with, one by one, and the rest."""
    parts, start = [], 0
    while match := _GLUED.match(text, start):
        parts.append(match.group(1).strip(law_text.BLANK))
        start = match.end()
    return [*parts, text[start:]]


def _labelled(rows: Sequence[Row]) -> list[Row]:
    """A label that stands alone (第一章) takes the short row under it as its title."""
    made: list[Row] = []
    alone = re.compile(LABEL)
    for row in rows:
        title = len(row.text) <= 25 and row.text[-1] not in _STOP and not ITEM.match(row.text + " ")
        if made and title and alone.fullmatch(made[-1].text):
            made[-1] = replace(made[-1], text=f"{made[-1].text} {row.text}")
        else:
            made.append(row)
    return made


def heading_of(text: str) -> str:
    """The heading a row is, with a blank after its label, or an empty text."""
    match = HEADING_ROW.fullmatch(text) if len(text) <= 48 else None
    if match is None:
        return ""
    return f"{match.group(1)} {match.group(2) or ''}".strip()
