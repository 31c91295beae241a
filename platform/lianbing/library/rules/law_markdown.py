"""Parse the Markdown text of one law."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lianbing.library.rules import law_finish, law_header, law_text, law_tree
from lianbing.library.rules.findings import finding
from lianbing.library.rules.law_layout import Row, unglued
from lianbing.library.rules.law_tree import ARTICLE, NUMBERED, ArticleText, Heading, LawText, Line

__all__ = ["ArticleText", "Heading", "LawText", "is_markdown", "read", "read_text"]

HEADING = re.compile(r"(#{1,6})\s*(.*)")
LIST_MARK = re.compile(r"^(?:[-*+>]\s+)+(?=第|[（(][一二三四五六七八九十])")


def is_markdown(text: str) -> bool:
    """Whether a text is marked up: by the line that ends the header, or by a heading among its first lines."""
    if law_text.INFO_END.search(text):
        return True
    return any(HEADING.match(line) for _, line in law_text.numbered(text[:4000])[:20])


def read(data: bytes, file_name: str) -> LawText:
    """Parse the bytes of a file. `file_name` may carry the publication date.

    Raises NotALaw (to be skipped) or Unreadable (to be refused), each with a finding.
    """
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    law_finish.check_name(stem)
    source, first = law_finish.text_of(data)
    return read_text(source, stem, first=first)


def read_text(source: str, stem: str, *, first: int = 1) -> LawText:
    """Parse a text whose first line has the number `first` in its file. Raises NotALaw or Unreadable."""
    head, body, marked = law_text.split(source)
    if not marked:
        head, body = _cut(body)
    header = law_header.read(head)
    draft = law_tree.grow(_lines(body, first))
    extra = [] if marked else [finding("no_info_end")]
    return law_finish.finish(header, draft, source=source, stem=stem, first=first, extra=extra)


def _cut(text: str) -> tuple[str, str]:
    """Header and body of a text without the mark: the body starts at the first heading or article."""
    rows = text.split("\n")
    for number, row in enumerate(rows):
        line = row.strip(law_text.BLANK)
        heading = HEADING.match(line)
        if (heading and len(heading.group(1)) > 1) or ARTICLE.match(line) or NUMBERED.match(line):
            return "\n".join(rows[:number]), "\n" * number + "\n".join(rows[number:])
    return text, ""


def _lines(body: str, first: int) -> Iterator[Line]:
    for number, text in law_text.numbered(body, first):
        marked = HEADING.match(text)
        if marked:
            yield Line(marked.group(2).strip(law_text.BLANK), number, depth=len(marked.group(1)))
        else:
            for row in unglued(Row(number, LIST_MARK.sub("", text))):
                yield Line(row.text, number)
