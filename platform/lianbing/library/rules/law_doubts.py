"""What is doubtful about a parsed law: its numbering, its characters, its file name. Nothing is mended."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from lianbing.library.rules import law_dates, law_header, law_names, law_text
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_header import Header
from lianbing.library.rules.numerals import article_label

SHOWN = 10
QUOTE = 40
TABLE = re.compile(r"^[|┌├│┃╔║┏┣+]|[│┃║]|[─━]{3}|^\+[-=+]{3,}")
REPEAL = re.compile(r"《([^《》]+)》")


class Numbered(Protocol):
    """An article, as far as its number and text go."""

    @property
    def number(self) -> int: ...
    @property
    def suffix(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def line(self) -> int: ...


def _quoted(articles: Iterable[Numbered]) -> list[list[object]]:
    return [
        [a.line, f"{a.label} {a.text.partition(chr(10))[0][:QUOTE]}".strip()] for a in list(articles)[:SHOWN]
    ]


def numbering(header: Header, articles: Sequence[Numbered]) -> list[Finding]:
    """Gaps, repeats and a start other than 1 (which a part of a divided code may have)."""
    found = []
    if articles[0].number != 1 and not header.subtitle:
        found.append(finding("not_from_one", article=articles[0].label, lines=_quoted(articles[:1])))
    jumps = []
    for before, article in itertools.pairwise(articles):
        next_number = article.number == before.number + 1 and not article.suffix
        next_suffix = article.number == before.number and article.suffix == before.suffix + 1
        if not (next_number or next_suffix):
            jumps.append((before, article))
    if jumps:
        places = [f"{before.label} → {article.label}" for before, article in jumps[:SHOWN]]
        lines = _quoted(article for _, article in jumps)
        found.append(finding("not_consecutive", places=places, count=len(jumps), lines=lines))
    return [*found, *_repeats(articles)]


def _repeats(articles: Sequence[Numbered]) -> list[Finding]:
    count = Counter((a.number, a.suffix) for a in articles)
    twice = [article_label(*key) for key, times in count.items() if times > 1]
    if not twice:
        return []
    lines = _quoted(a for a in articles if count[a.number, a.suffix] > 1)
    return [finding("repeated", articles=twice[:SHOWN], count=len(twice), lines=lines)]


def characters(source: str, articles: Sequence[Numbered]) -> list[Finding]:
    """Characters no font has, characters that were lost, articles without words."""
    found = []
    strange = law_text.PRIVATE_USE.findall(source)
    if strange:
        codes = sorted({f"U+{ord(char):04X}" for char in strange})
        lines = _lines_with(source, law_text.PRIVATE_USE)
        found.append(finding("private_use", characters=codes[:SHOWN], count=len(strange), lines=lines))
    if "\ufffd" in source:
        lines = _lines_with(source, re.compile("\ufffd"))
        found.append(finding("lost_characters", count=source.count("\ufffd"), lines=lines))
    empty = [article for article in articles if not article.text]
    if empty:
        names = [article.label for article in empty[:SHOWN]]
        found.append(finding("empty_articles", articles=names, count=len(empty), lines=_quoted(empty)))
    return found


def tables(source: str) -> list[Finding]:
    """Lines that draw a table."""
    rows = [[number, line[:QUOTE]] for number, line in law_text.numbered(source) if TABLE.search(line)]
    return [finding("table", count=len(rows), lines=rows[:SHOWN])] if rows else []


def _lines_with(source: str, pattern: re.Pattern[str]) -> list[list[object]]:
    found: list[list[object]] = []
    for number, line in law_text.numbered(source):
        match = pattern.search(line)
        if match:
            start = max(0, match.start() - QUOTE // 2)
            found.append([number, line[start : start + QUOTE]])
    return found[:SHOWN]


def file_name(header: Header, stem: str) -> list[Finding]:
    """A file name with a date in it names the law too, with or without the name of the state."""
    if law_dates.file_date(stem) is None:
        return []
    named = law_text.bare(law_names.named_by(stem))
    title = law_text.bare(header.title)
    same = {law_names.key(title), law_names.key(title + header.subtitle)}
    if law_names.key(named) in same or named == title.replace(law_header.STATE, ""):
        return []
    return [finding("file_name_title_differs", file_name=named)]


def repeals(articles: Sequence[Numbered]) -> list[Finding]:
    """What the closing articles say of other laws that end with this one: a notice for the legal section."""
    found = []
    for article in articles[-law_header.LAST_ARTICLES :]:
        if "废止" not in article.text:
            continue
        sentences = [part for part in re.split(r"[。\n]", article.text) if "废止" in part]
        laws = [name for part in sentences for name in REPEAL.findall(part)]
        if laws or "同时废止" in article.text:
            found.append(finding("repeals", laws=laws[:SHOWN], lines=_quoted([article])))
    return found
