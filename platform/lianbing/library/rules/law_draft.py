"""A law text as somebody writes it in the editor: the facts in fields of their own, the body as lines."""

import datetime
import re
from dataclasses import dataclass, replace

from lianbing.library.rules import law_finish, law_header, law_text, law_tree
from lianbing.library.rules.law_tree import LawText, Line

MARK = "<!-- INFO END -->"
HASHES = re.compile(r"(#{1,6})\s*(.*)")
# What a header or a file name leaves open is stated in the fields.
STATED = frozenset({"no_date", "impossible_file_date", "date_in_file_name_only"})


@dataclass(frozen=True)
class Words:
    """What the author wrote. `history` holds one event a line."""

    title: str
    subtitle: str
    level: str
    issuing_body: str
    document_number: str
    published_on: datetime.date | None
    effective_on: datetime.date | None
    history: str
    body: str


def read(words: Words) -> LawText:
    """Parse the body; the facts are as the fields state them, and lines are counted in the body.

    Raises NotALaw or Unreadable, each with a finding.
    """
    title = words.title.strip()
    header = law_header.build([title, words.subtitle.strip()], law_text.lines(words.history))
    body = words.body.replace("\r\n", "\n").replace("\r", "\n")
    tree = law_tree.grow([_line(number, text) for number, text in law_text.numbered(body)])
    text = law_finish.finish(header, tree, source=body, stem="")
    return replace(
        text,
        title=title,
        subtitle=words.subtitle.strip(),
        level=words.level,
        issuing_body=words.issuing_body.strip(),
        document_number=words.document_number.strip(),
        published_on=words.published_on,
        effective_on=words.effective_on,
        source=source(words),
        doubts=tuple(doubt for doubt in text.doubts if doubt.code not in STATED),
    )


def _line(number: int, text: str) -> Line:
    marked = HASHES.match(text)
    if marked:
        return Line(marked.group(2).strip(law_text.BLANK), number, len(marked.group(1)))
    return Line(text, number, heading=law_tree.is_heading(text))


def source(words: Words) -> str:
    """The one source text of the edition: title, history, mark, body."""
    parts = [f"# {words.title.strip()}"]
    if words.subtitle.strip():
        parts.append(f"## {words.subtitle.strip()}")
    parts += [*law_text.lines(words.history), MARK, words.body.replace("\r\n", "\n").strip(law_text.BLANK)]
    return "\n\n".join(parts)


def body_of(stored: str) -> str:
    """The body of a stored source text, to go on writing from."""
    _head, body, _marked = law_text.split(stored)
    return re.sub(r"\n{2,}", "\n", body).strip(law_text.BLANK)
