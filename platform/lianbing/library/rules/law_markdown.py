"""Parse the Markdown text of one law into its tree of headings and articles.

Nothing of the body is lost: every character a reader can see lands in the preamble, a heading, a note
under a heading, or an article. Nothing is mended: gaps and repeats in the numbering are reported.
"""

import datetime
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lianbing.library.rules import law_doubts, law_header, law_text
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable, finding
from lianbing.library.rules.law_header import Event, Header
from lianbing.library.rules.numerals import (
    NUMERAL_CHARACTERS,
    NumeralError,
    article_anchor,
    article_label,
    to_int,
)

LONGEST_TITLE = 200
HEADING = re.compile(r"(#{1,6})\s*(.*)")
NUMBERED = re.compile(rf"第\s*[{NUMERAL_CHARACTERS}]{{1,8}}\s*(?P<kind>分编|编|篇|章|节)(?=[\s\u3000]|$)")
ARTICLE = re.compile(
    rf"(?:\*\*)?第\s*(?P<number>[{NUMERAL_CHARACTERS}]{{1,12}})\s*条"
    r"(?:\s*之\s*(?P<suffix>[一二三四五六七八九十]{1,3})(?![\u4e00-\u9fff]))?"
    r"(?:\*\*)?(?P<gap>[\s\u3000\u00a0:：]*)"
)
MENTION = "第款项规定所的、，,。；;和及或与至到中之内等前后以"
KINDS = {"编": "part", "篇": "part", "分编": "subpart", "章": "chapter", "节": "section"}
RANKS = ("part", "subpart", "chapter", "section")
PLACEHOLDER = re.compile(r"[xX×＊*…._＿\s]+")
NO_LAW_NAMES = re.compile(r"readme|changelog|contributing|licen[cs]e", re.IGNORECASE)
CASE_TITLE = re.compile(r"纠纷一?案$|诉.+案$|一案$")


@dataclass(frozen=True)
class Heading:
    """A part, subpart, chapter or section. `before` is the position of the first article after it."""

    kind: str
    text: str
    anchor: str
    before: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArticleText:
    """One article. `text` holds its paragraphs, one a line, without the label."""

    position: int
    number: int
    suffix: int
    label: str
    anchor: str
    text: str
    part: str = ""
    chapter: str = ""
    section: str = ""


@dataclass(frozen=True)
class LawText:
    """One edition of a law as its text states it."""

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


@dataclass
class _Draft:
    """The tree while it grows."""

    preamble: list[str] = field(default_factory=list)
    headings: list[tuple[str, str, int, list[str]]] = field(default_factory=list)
    articles: list[tuple[int, int, list[str], dict[str, str]]] = field(default_factory=list)
    place: dict[str, str] = field(default_factory=dict)
    depths: dict[int, str] = field(default_factory=dict)
    doubts: list[Finding] = field(default_factory=list)
    loose: list[str] | None = None

    def paragraph(self, line: str) -> None:
        target = self.preamble if self.loose is None else self.loose
        target.append(line)

    def heading(self, line: str, depth: int) -> None:
        numbered = NUMBERED.match(line)
        if numbered:
            kind = KINDS[numbered.group("kind")]
            self.depths[depth] = kind
        else:
            kind = self.depths.get(depth, "section" if depth > 2 else "chapter")
        for lower in RANKS[RANKS.index(kind) :]:
            self.place.pop(lower, None)
        self.place[kind] = line
        notes: list[str] = []
        self.headings.append((kind, line, len(self.articles) + 1, notes))
        self.loose = notes

    def article(self, number: int, suffix: int, rest: str) -> None:
        paragraphs = [rest] if rest else []
        self.articles.append((number, suffix, paragraphs, dict(self.place)))
        self.loose = paragraphs

    def follows(self, number: int, suffix: int) -> bool:
        """Whether this number comes next after the last article."""
        last, last_suffix = self.articles[-1][:2] if self.articles else (0, 0)
        return (number == last + 1 and not suffix) or (number == last and suffix == last_suffix + 1)


def read(data: bytes, file_name: str) -> LawText:
    """Parse the bytes of a file. `file_name` may carry the publication date.

    Raises NotALaw (to be skipped) or Unreadable (to be refused), each with a finding.
    """
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    if stem == "_index" or NO_LAW_NAMES.search(stem):
        raise NotALaw(finding("readme"))
    try:
        source = law_text.decode(data).strip(law_text.BLANK)
    except law_text.NotText:
        raise Unreadable(finding("not_text")) from None
    if not source:
        raise Unreadable(finding("empty"))
    head, body, marked = law_text.split(source)
    if not marked:
        head, body = _cut(body)
    header = law_header.read(head)
    draft = _grow(law_text.lines(body))
    _refuse(header, draft)
    return _finish(header, draft, source=source, stem=stem, marked=marked)


def _cut(text: str) -> tuple[str, str]:
    """Header and body of a text without the mark: the body starts at the first heading or article."""
    rows = text.split("\n")
    for number, row in enumerate(rows):
        line = row.strip(law_text.BLANK)
        heading = HEADING.match(line)
        if (heading and len(heading.group(1)) > 1) or ARTICLE.match(line) or NUMBERED.match(line):
            return "\n".join(rows[:number]), "\n".join(rows[number:])
    return text, ""


def _grow(lines: list[str]) -> _Draft:
    draft = _Draft()
    for line in lines:
        marked = HEADING.match(line)
        if marked:
            title = marked.group(2).strip(law_text.BLANK)
            if title:
                draft.heading(title, len(marked.group(1)))
        elif _plain_heading(line):
            draft.heading(line, 0)
            draft.doubts.append(finding("plain_heading", text=line[:40]))
        else:
            _text_line(draft, line)
    return draft


def _plain_heading(line: str) -> bool:
    return bool(NUMBERED.match(line)) and len(line) <= 40 and line[-1] not in "。；;，,：:"


def _text_line(draft: _Draft, line: str) -> None:
    match = ARTICLE.match(line)
    rest = line[match.end() :] if match else ""
    if match is None or (rest and not match.group("gap") and rest[0] in MENTION):
        draft.paragraph(line)
        return
    try:
        number = to_int(match.group("number"))
        suffix = to_int(match.group("suffix")) if match.group("suffix") else 0
    except NumeralError:
        raise Unreadable(finding("bad_number", text=line[:20])) from None
    if rest and not match.group("gap"):
        if not draft.follows(number, suffix):
            draft.paragraph(line)
            return
        draft.doubts.append(finding("no_space_after_number", article=article_label(number, suffix)))
    draft.article(number, suffix, rest.strip(law_text.BLANK))


def _refuse(header: Header, draft: _Draft) -> None:
    if draft.articles and all(a[2] and PLACEHOLDER.fullmatch("".join(a[2])) for a in draft.articles):
        raise NotALaw(finding("template"))
    if CASE_TITLE.search(header.title):
        raise NotALaw(finding("case_report"))
    if not header.title:
        raise Unreadable(finding("no_title"))
    if len(header.title) > LONGEST_TITLE or len(header.subtitle) > LONGEST_TITLE:
        raise Unreadable(finding("title_too_long", most=LONGEST_TITLE))
    if not draft.articles:
        raise Unreadable(finding("no_articles"))


def _finish(header: Header, draft: _Draft, *, source: str, stem: str, marked: bool) -> LawText:
    published_on, date_doubts = law_header.published(header, stem)
    articles = _articles(draft)
    doubts = [*header.doubts, *date_doubts, *draft.doubts, *law_doubts.numbering(header, articles)]
    doubts += law_doubts.characters(source, articles)
    if not marked:
        doubts.append(finding("no_info_end"))
    doubts += law_doubts.file_name(header, stem)
    return LawText(
        title=header.title,
        subtitle=header.subtitle,
        level=law_header.level(header.title, header.history),
        history=header.history,
        published_on=published_on,
        effective_on=law_header.effective(header, published_on, [a.text for a in articles]),
        preamble=tuple(draft.preamble),
        headings=tuple(
            Heading(kind, text, f"h-{number}", before, tuple(notes))
            for number, (kind, text, before, notes) in enumerate(draft.headings, 1)
        ),
        articles=articles,
        source=source,
        doubts=tuple(doubts),
    )


def _articles(draft: _Draft) -> tuple[ArticleText, ...]:
    seen: Counter[tuple[int, int]] = Counter()
    made = []
    for position, (number, suffix, paragraphs, place) in enumerate(draft.articles, 1):
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
            )
        )
    return tuple(made)
