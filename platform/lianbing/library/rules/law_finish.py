"""From a header and a grown tree to the finished text of one edition, or to the reason why there is none."""

import re
from collections.abc import Iterable

from lianbing.library.rules import law_doubts, law_header, law_issuer, law_text, law_tree
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable, finding
from lianbing.library.rules.law_header import Header
from lianbing.library.rules.law_tree import Draft, LawText

LONGEST_TITLE = 200
PLACEHOLDER = re.compile(r"[xX×＊*…._＿\s]+")
NO_LAW_NAMES = re.compile(r"^_index$|readme|changelog|contributing|licen[cs]e", re.IGNORECASE)
CASE_TITLE = re.compile(r"纠纷一?案$|诉.+案$|一案$")


def check_name(stem: str) -> None:
    """Raises NotALaw for a file whose name says that it describes others."""
    if NO_LAW_NAMES.search(stem):
        raise NotALaw(finding("readme"))


def text_of(data: bytes) -> tuple[str, int]:
    """The words of a file without blanks around them, and the number of their first line.

    Raises Unreadable when the bytes are no text or hold nothing.
    """
    try:
        whole = law_text.decode(data)
    except law_text.NotText:
        raise Unreadable(finding("not_text")) from None
    source = whole.strip(law_text.BLANK)
    if not source:
        raise Unreadable(finding("empty"))
    return source, whole.count("\n", 0, whole.index(source[0])) + 1


def refuse(header: Header, draft: Draft) -> None:
    """Raises NotALaw or Unreadable for what cannot become an edition."""
    bodies = ["".join(article[2]) for article in draft.articles]
    if bodies and all(body and PLACEHOLDER.fullmatch(body) for body in bodies):
        raise NotALaw(finding("template"))
    if CASE_TITLE.search(header.title):
        raise NotALaw(finding("case_report"))
    if not draft.articles:
        raise NotALaw(finding("no_articles"))
    if not header.title:
        raise Unreadable(finding("no_title"))
    if len(header.title) > LONGEST_TITLE or len(header.subtitle) > LONGEST_TITLE:
        raise Unreadable(finding("title_too_long", most=LONGEST_TITLE))


def finish(
    header: Header,
    draft: Draft,
    *,
    source: str,
    stem: str,
    first: int = 1,
    extra: Iterable[Finding] = (),
    notices: Iterable[Finding] = (),
) -> LawText:
    """The finished text. `first` is the number of the first line of `source` in the file; `extra` are the
    doubts and `notices` the notices of whoever read the file. Raises NotALaw or Unreadable."""
    refuse(header, draft)
    published_on, date_doubts = law_header.published(header, stem)
    articles = law_tree.articles(draft)
    last = [article.text for article in articles[-law_header.LAST_ARTICLES :]]
    # Tables and lost characters are looked for in the source, at the lines of the file.
    placed = "\n" * (first - 1) + source
    doubts = [
        *header.doubts,
        *date_doubts,
        *draft.doubts(),
        *law_doubts.numbering(header, articles),
        *law_header.closing_doubts(last),
        *law_header.effective_doubts(header, published_on, last),
        *law_doubts.characters(placed, articles),
        *law_doubts.tables(placed),
        *extra,
        *law_doubts.file_name(header, stem),
    ]
    made = [text for _, text in law_header.made(header)]
    return LawText(
        title=header.title,
        subtitle=header.subtitle,
        level=law_header.level(header),
        history=header.history,
        published_on=published_on,
        effective_on=law_header.effective(header, published_on, last),
        preamble=tuple(draft.preamble),
        headings=law_tree.headings(draft),
        articles=articles,
        source=source,
        doubts=tuple(doubts),
        issuing_body=law_issuer.issuing_body(made, published_on)[:200],
        document_number=law_issuer.document_number(made, published_on)[:100],
        notices=(*law_doubts.repeals(articles), *notices),
    )
