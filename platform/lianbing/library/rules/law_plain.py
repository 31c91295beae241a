"""Parse a law as plain text: as the national database, a gazette or a web page gives it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from lianbing.library.rules import law_dates, law_finish, law_header, law_layout, law_text, law_tree
from lianbing.library.rules.findings import Finding, finding
from lianbing.library.rules.law_layout import Row, heading_of
from lianbing.library.rules.law_masthead import Masthead
from lianbing.library.rules.law_masthead import read as masthead
from lianbing.library.rules.law_tree import ARTICLE, MENTION, LawText, Line

CONTENTS = {"目录", "目次"}
PAGE_OF_ENTRY = re.compile(r"[\s.…·．\-—]*(?:\d{1,4}|[（(]\d{1,4}[)）])?$")
LABEL = re.compile(law_layout.LABEL)
LISTED = law_tree.UNNUMBERED | {"序言", "前言"}
COUNTED = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；，：:;,]{2,24}")
DATE_ROW = re.compile(rf"[（(]?\s*{law_dates.DATE.pattern}\s*[)）]?")
SIGNED_BY = 3


@dataclass(frozen=True)
class Parts:
    """A plain text cut into its head, its contents list and its body."""

    head: list[Row]
    contents: list[Row]
    body: list[Row]


def read(data: bytes, file_name: str) -> LawText:
    """Parse the bytes of a file. Raises NotALaw (to be skipped) or Unreadable (to be refused)."""
    stem = PurePosixPath(file_name.replace("\\", "/")).stem
    law_finish.check_name(stem)
    source, first = law_finish.text_of(data)
    return read_text(source, stem, first=first)


def read_text(
    source: str,
    stem: str,
    *,
    first: int = 1,
    extra: Sequence[Finding] = (),
    notices: Sequence[Finding] = (),
) -> LawText:
    """Parse a text whose first line has the number `first`; `extra` and `notices` are from whoever read the file."""
    rows, doubts = law_layout.tidy(law_layout.rows_of(source, first))
    parts = cut(rows)
    body, signature = _signature(parts.body)
    top = masthead(parts.head, stem)
    header = law_header.build([top.title, top.subtitle], [*top.history, *signature])
    draft = law_tree.grow(_lines(body))
    doubts += [*top.doubts, *_contents_doubts(parts), *_signed(top, signature), *extra]
    return law_finish.finish(
        header, draft, source=source, stem=stem, first=first, extra=doubts, notices=notices
    )


def cut(rows: Sequence[Row]) -> Parts:
    """Head, contents and body. The body starts where the headings of the contents list come again."""
    article = next((i for i, row in enumerate(rows) if _is_article(row.text)), len(rows))
    marker = next((i for i, row in enumerate(rows[:article]) if law_text.bare(row.text) in CONTENTS), None)
    if marker is not None:
        start = _after_contents(rows, marker + 1, article)
        return Parts(list(rows[:marker]), list(rows[marker + 1 : start]), list(rows[start:]))
    heads = [i for i in range(article) if _entry(rows[i].text)]
    if not heads:
        return Parts(list(rows[:article]), [], list(rows[article:]))
    again = [i for i in heads[1:] if _label(rows[i].text) == _label(rows[heads[0]].text)]
    start = again[-1] if again else heads[0]
    return Parts(list(rows[: heads[0]]), list(rows[heads[0] : start]), list(rows[start:]))


def _after_contents(rows: Sequence[Row], begin: int, article: int) -> int:
    """Where the body starts: at the repeat of the first entry, else after the last entry of the list."""
    if begin >= len(rows):
        return begin
    wanted = _plain_entry(rows[begin].text)
    again = [i for i in range(begin + 1, article) if _plain_entry(rows[i].text) == wanted]
    if again:
        return again[-1]
    same = _label(rows[begin].text)
    labelled = [i for i in range(begin + 1, article) if same and _label(rows[i].text) == same]
    if labelled:
        return labelled[-1]
    end = begin
    while end < article and (_entry(rows[end].text) or law_text.bare(rows[end].text) in LISTED):
        end += 1
    return end


def _is_article(text: str) -> bool:
    match = ARTICLE.match(text)
    if match is None:
        return False
    rest = text[match.end() : match.end() + 1]
    return bool(match.group("gap")) or not rest or rest not in MENTION


def _plain_entry(text: str) -> str:
    return law_text.bare(PAGE_OF_ENTRY.sub("", text))


def _entry(text: str) -> str:
    """The heading a row of a contents list names, without its page."""
    return heading_of(PAGE_OF_ENTRY.sub("", text))


def _label(text: str) -> str:
    match = LABEL.match(text)
    return law_text.bare(match.group()) if match else ""


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    """The rows as lines, headings recognised: numbered ones, 附则, appendices, and 一、… right above an article."""
    for i, row in enumerate(rows):
        heading = heading_of(row.text) or (row.text if law_tree.is_heading(row.text) else "")
        if (
            not heading
            and COUNTED.fullmatch(row.text)
            and i + 1 < len(rows)
            and _is_article(rows[i + 1].text)
        ):
            heading = row.text
        yield Line(heading or row.text, row.number, heading=bool(heading))


def _contents_doubts(parts: Parts) -> list[Finding]:
    """Entries of the contents list without a heading of these words in the text, and the other way round."""
    listed = {law_text.bare(_entry(row.text)): row for row in parts.contents if _entry(row.text)}
    if not listed:
        return []
    there = {law_text.bare(heading) for row in parts.body if (heading := heading_of(row.text))}
    missing = [row for bare, row in listed.items() if bare not in there]
    if not missing:
        return []
    lines = [[row.number, row.text[:40]] for row in missing[:10]]
    return [finding("contents_differ", count=len(missing), lines=lines)]


def _signature(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The body without the name and the day under it, and these as lines of the history."""
    if len(rows) < 2 or not DATE_ROW.fullmatch(law_dates.plain(rows[-1].text)):
        return rows, []
    start = len(rows) - 1
    while len(rows) - start <= SIGNED_BY and start > 1 and _signs(rows[start - 1].text):
        start -= 1
    return rows[:start], [row.text for row in rows[start:]]


def _signs(text: str) -> bool:
    """Whether a row can be a name under a text: short, no sentence, no heading, item or article."""
    plain = law_text.bare(text)
    if len(plain) > 30 or plain[-1] in law_layout.ENDS or law_layout.ITEM.match(text) or ARTICLE.match(text):
        return False
    return not (law_tree.APPENDIX.fullmatch(text) or heading_of(text))


def _signed(top: Masthead, signature: list[str]) -> list[Finding]:
    """The day under the text is the only one there is."""
    stated = any(law_dates.DATE.search(law_dates.plain(row)) for row in top.history)
    return [finding("date_in_signature_only", text=signature[-1])] if signature and not stated else []
