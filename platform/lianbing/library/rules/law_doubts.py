"""What is doubtful about a parsed law: its numbering, its characters, its file name. Nothing is mended."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from lianbing.library.rules import law_header, law_text
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_header import Header
from lianbing.library.rules.numerals import article_label

SHOWN = 10


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


def numbering(header: Header, articles: Sequence[Numbered]) -> list[Finding]:
    """Gaps, repeats and a start other than 1 (which a part of a divided code may have)."""
    found = []
    if articles[0].number != 1 and not header.subtitle:
        found.append(finding("not_from_one", article=articles[0].label))
    jumps, last, last_suffix = [], articles[0].number, articles[0].suffix
    for article in articles[1:]:
        next_number = article.number == last + 1 and not article.suffix
        next_suffix = article.number == last and article.suffix == last_suffix + 1
        if not (next_number or next_suffix):
            jumps.append(f"{article_label(last, last_suffix)} → {article.label}")
        last, last_suffix = article.number, article.suffix
    if jumps:
        found.append(finding("not_consecutive", places=jumps[:SHOWN], count=len(jumps)))
    count = Counter((a.number, a.suffix) for a in articles)
    twice = [article_label(*key) for key, times in count.items() if times > 1]
    if twice:
        found.append(finding("repeated", articles=twice[:SHOWN], count=len(twice)))
    return found


def characters(source: str, articles: Sequence[Numbered]) -> list[Finding]:
    """Characters no font has, tables, articles without words."""
    found = []
    strange = law_text.PRIVATE_USE.findall(source)
    if strange:
        codes = sorted({f"U+{ord(char):04X}" for char in strange})
        found.append(finding("private_use", characters=codes[:SHOWN], count=len(strange)))
    if "\ufffd" in source:
        found.append(finding("lost_characters", count=source.count("\ufffd")))
    if any(line.startswith("|") for line in law_text.lines(source)):
        found.append(finding("table"))
    empty = [article.label for article in articles if not article.text]
    if empty:
        found.append(finding("empty_articles", articles=empty[:SHOWN], count=len(empty)))
    return found


def file_name(header: Header, stem: str) -> list[Finding]:
    """A file name with a date in it names the law too, with or without the name of the state."""
    if law_header.file_date(stem) is None:
        return []
    named = law_text.bare(law_header.FILE_DATE.sub("", stem))
    title = law_text.bare(header.title)
    if law_header.short(named) in {law_header.short(title), law_header.short(title + header.subtitle)}:
        return []
    if named == title.replace(law_header.STATE, ""):
        return []
    return [finding("file_name_title_differs", file_name=named)]
