"""The tree of a law: its headings and articles, grown from lines, whatever file the lines came from.

Nothing of the body is lost: every character a reader can see lands in the preamble, a heading, a note
under a heading, or an article. Nothing is mended: gaps and repeats in the numbering are reported.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lianbing.library.rules import law_text
from lianbing.library.rules.findings import Finding, Unreadable, finding
from lianbing.library.rules.law_header import Event
from lianbing.library.rules.numerals import (
    NUMERAL_CHARACTERS,
    NumeralError,
    article_anchor,
    article_label,
    to_int,
)

NUMBERED = re.compile(
    rf"(?P<label>第\s*[{NUMERAL_CHARACTERS}]{{1,8}}\s*(?P<kind>分编|编|篇|章|节))(?=[\s\u3000]|$)"
)
_NUMBER = (
    rf"第\s*(?P<number>[{NUMERAL_CHARACTERS}]{{1,12}})\s*条"
    r"(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{1,3})(?![\u4e00-\u9fff]))?"
)
ARTICLE = re.compile(rf"(?:\*\*)?{_NUMBER}(?:\*\*)?(?P<gap>[\s\u3000\u00a0:：]*)")
INSIDE = re.compile(rf"(?<=[。；：！？”）]){_NUMBER}(?P<gap>[\s\u3000\u00a0]*)")
MENTION = "第款项规定所的、，,。；;和及或与至到中之内等前后以"
KINDS = {"编": "part", "篇": "part", "分编": "subpart", "章": "chapter", "节": "section"}
RANKS = ("part", "subpart", "chapter", "section")
UNNUMBERED = {"总则", "分则", "附则"}
APPENDIX = re.compile(
    r"附\s*(?:[件表录图]\s*[一二三四五六七八九十0-9０-９]{0,3})?\s*(?:[:：.．、\s].{0,40})?"
)
LONGEST_HEADING = 40
QUOTE = 40


@dataclass(frozen=True)
class Line:
    """One line of the body. `number` counts from 1 in the file; `depth` is that of a marked heading, 0 for
    none; `heading` says that the reader of the file took the line for a heading and sees no doubt in it."""

    text: str
    number: int = 0
    depth: int = 0
    heading: bool = False


@dataclass(frozen=True)
class Heading:
    """A part, subpart, chapter or section. `before` is the position of the first article after it."""

    kind: str
    text: str
    anchor: str
    before: int
    notes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ArticleText:
    """One article. `text` holds its paragraphs, one a line, without the label; `line` is where it starts."""

    position: int
    number: int
    suffix: int
    label: str
    anchor: str
    text: str
    part: str = ""
    chapter: str = ""
    section: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class LawText:
    """One edition of a law as its text states it.

    `doubts` make it a draft; `notices` are what the legal section must know but need not doubt.
    """

    title: str
    subtitle: str
    level: str
    history: tuple[Event, ...]
    published_on: datetime.date | None
    effective_on: datetime.date | None
    preamble: tuple[str, ...]
    headings: tuple[Heading, ...]
    articles: tuple[ArticleText, ...]
    source: str
    doubts: tuple[Finding, ...]
    issuing_body: str = ""
    document_number: str = ""
    notices: tuple[Finding, ...] = ()


@dataclass
class Draft:
    """The tree while it grows. `marks` are doubts by code: the lines they stand in."""

    preamble: list[str] = field(default_factory=list)
    headings: list[tuple[str, str, int, list[str], int]] = field(default_factory=list)
    articles: list[tuple[int, int, list[str], dict[str, str], int]] = field(default_factory=list)
    place: dict[str, str] = field(default_factory=dict)
    depths: dict[int, str] = field(default_factory=dict)
    marks: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    loose: list[str] | None = None

    def mark(self, code: str, number: int, text: str) -> None:
        """Note a doubt about a line."""
        self.marks.setdefault(code, []).append((number, text[:QUOTE]))

    def paragraph(self, text: str) -> None:
        target = self.preamble if self.loose is None else self.loose
        target.append(text)

    def heading(self, line: Line) -> None:
        text = heading_text(line.text)
        numbered = NUMBERED.match(text)
        if numbered:
            kind = KINDS[numbered.group("kind")]
            self.depths[line.depth] = kind
        else:
            kind = self.depths.get(line.depth, "section" if line.depth > 2 else "chapter")
        for lower in RANKS[RANKS.index(kind) :]:
            self.place.pop(lower, None)
        self.place[kind] = text
        notes: list[str] = []
        self.headings.append((kind, text, len(self.articles) + 1, notes, line.number))
        self.loose = notes

    def article(self, number: int, suffix: int, rest: str, line: int) -> None:
        paragraphs = [rest] if rest else []
        self.articles.append((number, suffix, paragraphs, dict(self.place), line))
        self.loose = paragraphs

    def follows(self, number: int, suffix: int) -> bool:
        """Whether this number comes next after the last article."""
        last, last_suffix = self.articles[-1][:2] if self.articles else (0, 0)
        return (number == last + 1 and not suffix) or (number == last and suffix == last_suffix + 1)

    def doubts(self) -> list[Finding]:
        """The marks as findings: one for each code, with the first lines quoted."""
        return [
            finding(code, count=len(rows), lines=[list(row) for row in rows[:10]])
            for code, rows in self.marks.items()
        ]


def heading_text(text: str) -> str:
    """A heading as it is shown: 第一章　总　　则 as 第一章 总则."""
    match = NUMBERED.match(text)
    if match is None:
        bare = law_text.bare(text)
        return bare if bare in UNNUMBERED else text
    rest = text[match.end() :].strip(law_text.BLANK)
    words = rest.split()
    if all(len(word) == 1 for word in words):
        rest = "".join(words)
    return f"{re.sub(law_text.ANY_BLANK, '', match.group('label'))} {rest}".strip()


def is_heading(text: str) -> bool:
    """Whether a line without any mark is a heading: numbered, short and no sentence; 附则; an appendix."""
    if len(text) > LONGEST_HEADING or text[-1] in "。；;，,":
        return False
    if NUMBERED.match(text):
        return text[-1] not in "：:"
    return law_text.bare(text) in UNNUMBERED or bool(APPENDIX.fullmatch(text))


def grow(lines: Iterable[Line]) -> Draft:
    """The tree of the body. Raises Unreadable for a number that can be read two ways."""
    draft = Draft()
    for line in lines:
        if line.depth or line.heading:
            _heading(draft, line)
        elif is_heading(line.text) and (draft.articles or not APPENDIX.fullmatch(line.text)):
            draft.heading(line)
            draft.mark("plain_heading", line.number, line.text)
        else:
            _text_line(draft, line)
    return draft


def _heading(draft: Draft, line: Line) -> None:
    """A marked heading. Some publishers mark each article as one."""
    if ARTICLE.match(line.text):
        _text_line(draft, line)
    elif line.text:
        draft.heading(line)


def _text_line(draft: Draft, line: Line) -> None:
    match = ARTICLE.match(line.text)
    rest = line.text[match.end() :] if match else ""
    glued = bool(match and rest and not match.group("gap"))
    if match is None or (glued and rest[0] in MENTION):
        _paragraph(draft, line.text, line.number)
        return
    number, suffix = _number(match)
    if glued and not draft.follows(number, suffix):
        draft.mark("article_like", line.number, line.text)
        _paragraph(draft, line.text, line.number)
        return
    if glued:
        draft.mark("no_space_after_number", line.number, line.text)
    _article(draft, number, suffix, rest, line.number)


def _number(match: re.Match[str]) -> tuple[int, int]:
    try:
        return to_int(match.group("number")), to_int(match.group("suffix")) if match.group("suffix") else 0
    except NumeralError:
        raise Unreadable(finding("bad_number", text=match.group()[:20])) from None


def _article(draft: Draft, number: int, suffix: int, rest: str, line: int) -> None:
    draft.article(number, suffix, "", line)
    rest = rest.strip(law_text.BLANK)
    if rest:
        _paragraph(draft, rest, line)


def _paragraph(draft: Draft, text: str, line: int) -> None:
    """A paragraph, cut where the next article starts inside it."""
    start = 0
    for match in INSIDE.finditer(text) if draft.articles else ():
        after = text[match.end() : match.end() + QUOTE]
        if not after or after[0] in MENTION or not _next(draft, match):
            continue
        draft.paragraph(text[start : match.start()].strip(law_text.BLANK))
        draft.mark("article_inside", line, match.group() + after)
        draft.article(*_number(match), "", line)
        start = match.end()
    if text[start:]:
        draft.paragraph(text[start:].strip(law_text.BLANK))


def _next(draft: Draft, match: re.Match[str]) -> bool:
    try:
        return draft.follows(*_number(match))
    except Unreadable:
        return False


def articles(draft: Draft) -> tuple[ArticleText, ...]:
    """The finished articles with their anchors; a number used twice gets an anchor of its own."""
    seen: Counter[tuple[int, int]] = Counter()
    made = []
    for position, (number, suffix, paragraphs, place, line) in enumerate(draft.articles, 1):
        seen[number, suffix] += 1
        made.append(
            ArticleText(
                position=position,
                number=number,
                suffix=suffix,
                label=article_label(number, suffix),
                anchor=article_anchor(number, suffix, seen[number, suffix]),
                text="\n".join(paragraphs),
                part=" ".join(place[kind] for kind in ("part", "subpart") if kind in place),
                chapter=place.get("chapter", ""),
                section=place.get("section", ""),
                line=line,
            )
        )
    return tuple(made)


def headings(draft: Draft) -> tuple[Heading, ...]:
    """The finished headings with their anchors."""
    return tuple(
        Heading(kind, text, f"h-{number}", before, tuple(notes), line)
        for number, (kind, text, before, notes, line) in enumerate(draft.headings, 1)
    )
