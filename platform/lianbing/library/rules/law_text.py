"""From the bytes of a file to lines of text: encodings, line ends, comments, blank characters."""

import re
import unicodedata

# What a reader cannot see: every kind of space, zero-width characters, a byte order mark in mid-text.
BLANK = " \t\r\n\x0b\x0c\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
INFO_END = re.compile(r"<!--\s*INFO END\s*-->")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


class NotText(ValueError):
    """The bytes are no text in UTF-8, UTF-16 or GB18030."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 (with or without a byte order mark), UTF-16 with one, or GB18030.

    Line ends become "\\n". Raises NotText, also for text with control characters in it.
    """
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if utf16 else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if _has_controls(text):
            break
        return text
    raise NotText


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(char) == "Cc" and char not in "\n\t\x0b\x0c" for char in set(text))


def split(text: str) -> tuple[str, str, bool]:
    """Header, body, and whether the line that ends the header was there.

    Front matter goes away. Comments go away from the body, for they are not words of the law; the
    header keeps them, for they tell a fill-in template from a law.
    """
    text = FRONT_MATTER.sub("", text, count=1)
    marker = INFO_END.search(text)
    if marker:
        return text[: marker.start()], COMMENT.sub("", text[marker.end() :]), True
    return "", COMMENT.sub("", text), False


def lines(text: str) -> list[str]:
    """The lines that hold something, without the blanks around them."""
    found = (line.strip(BLANK) for line in text.split("\n"))
    return [line for line in found if line]


def bare(text: str) -> str:
    """The text without any blank character: for comparing, never for showing."""
    return "".join(char for char in text if char not in BLANK)
