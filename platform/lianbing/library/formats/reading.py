"""One law from the bytes of one file, whatever its name says: Markdown, plain text or Word."""

import re
from pathlib import PurePosixPath

from lianbing.library.formats import word
from lianbing.library.rules import law_finish, law_markdown, law_plain
from lianbing.library.rules.findings import NotALaw, Unreadable, finding
from lianbing.library.rules.law_tree import LawText

LARGEST_TEXT = 5 * 1024 * 1024
LONGEST_LINE = 300_000
ENDING = re.compile(r"[A-Za-z]{1,8}")
ZIP = b"PK\x03\x04"
# What a file is by its first bytes: refused when a law may be in it, skipped when none can.
OLD_WORD, PDF, RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"
PAGES = (b"<!doctype html", b"<html", b"<?xml", b"mime-version:")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*", b"RIFF")


def read(data: bytes, file_name: str) -> LawText:
    """Parse the bytes of a file. `file_name` may carry the name of the law and its publication date.

    Raises NotALaw (to be skipped) or Unreadable (to be refused), each with a finding.
    """
    stem = _stem(file_name)
    law_finish.check_name(stem)
    _refuse_kind(data)
    if data.startswith(ZIP):
        return word.read(data, stem)
    if len(data) > LARGEST_TEXT:
        raise Unreadable(finding("too_large", size=LARGEST_TEXT // 1024**2))
    source, first = law_finish.text_of(data)
    longest = max(map(len, source.split("\n")))
    if longest > LONGEST_LINE:
        raise Unreadable(finding("line_too_long", most=LONGEST_LINE))
    reader = law_markdown if law_markdown.is_markdown(source) else law_plain
    return reader.read_text(source, stem, first=first)


def plain(data: bytes) -> list[str]:
    """The lines of a text that need not be a law, without blank ones.

    Raises NotALaw or Unreadable for what holds no text at all.
    """
    _refuse_kind(data)
    if not data.startswith(ZIP) and len(data) > LARGEST_TEXT:
        raise Unreadable(finding("too_large", size=LARGEST_TEXT // 1024**2))
    found = word.lines(data) if data.startswith(ZIP) else law_finish.text_of(data)[0].split("\n")
    lines = [line.strip() for line in found if line.strip()]
    if not lines:
        raise Unreadable(finding("empty"))
    return lines


def _stem(file_name: str) -> str:
    name = PurePosixPath(file_name.replace("\\", "/")).name
    stem, dot, ending = name.rpartition(".")
    return stem if stem and dot and ENDING.fullmatch(ending) else name


def _refuse_kind(data: bytes) -> None:
    """Raises for what is known by its first bytes and is no text."""
    if data.startswith(OLD_WORD):
        raise Unreadable(finding("old_word"))
    if data.startswith(PDF):
        raise Unreadable(finding("pdf"))
    if data.startswith(RTF):
        raise Unreadable(finding("rtf"))
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(PAGES):
        raise Unreadable(finding("web_page"))
    if data.startswith(PICTURES):
        raise NotALaw(finding("picture"))
