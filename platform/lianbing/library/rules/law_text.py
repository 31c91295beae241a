"""From the bytes of a file to lines of text: encodings, line ends, comments, blank characters."""

import re
import unicodedata

# What a reader cannot see: every kind of space, zero-width characters, a byte order mark in mid-text.
BLANK = " \t\r\n\x0b\x0c\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
ANY_BLANK = re.compile(f"[{BLANK}]+")
INFO_END = re.compile(r"<!--\s*INFO END\s*-->")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ARTICLE = re.compile("第[一二三四五六七八九十百零0-9]{1,8}条")
FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


class NotText(ValueError):
    """The bytes are no text in UTF-8, UTF-16 or GB18030."""


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 (with or without a byte order mark), UTF-16, or GB18030.

    Line ends become "\\n". What is written in two encodings at once is read in the one that gives a law;
    what the other spoiled becomes U+FFFD, which is doubted later. Raises NotText, also for text with
    control characters in it.
    """
    text = _plainly(data)
    if text is None:
        text = _spoiled(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _has_controls(text):
        raise NotText
    return text


def _plainly(data: bytes) -> str | None:
    """The text, if the whole of it is in one encoding."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    wide = not marked and data[:4000].count(0) > len(data[:4000]) // 50
    encodings = ["utf-16"] if marked else ["utf-16-le", "utf-16-be"] if wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or marked or _words(text):
            return text
        # Broken UTF-8 is often valid GB18030, and nonsense; UTF-16 without a mark is believed only with words.
        if encoding == "gb18030" and not _words(data.decode("utf-8", "replace")):
            return text
    return None


def _spoiled(data: bytes) -> str:
    """The text in whichever encoding most of it is. Raises NotText when in neither there is an article."""
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8-sig", "gb18030")]
    best = max(texts, key=_words)
    if not _words(best):
        raise NotText
    return best


def _words(text: str) -> int:
    """How many numbers of articles there seem to be."""
    return sum(1 for _ in _ARTICLE.finditer(text))


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(char) == "Cc" and char not in "\n\t\x0b\x0c" for char in set(text))


def split(text: str) -> tuple[str, str, bool]:
    """Header, body, and whether the line that ends the header was there.

    Front matter goes away. Comments go away from the body, for they are not words of the law; the
    header keeps them, for they tell a fill-in template from a law. Their line ends stay, so that a line
    keeps its number.
    """
    text = FRONT_MATTER.sub(_ends, text, count=1)
    marker = INFO_END.search(text)
    if marker:
        before = "\n" * text.count("\n", 0, marker.end())
        return text[: marker.start()], before + COMMENT.sub(_ends, text[marker.end() :]), True
    return "", COMMENT.sub(_ends, text), False


def _ends(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def lines(text: str) -> list[str]:
    """The lines that hold something, without the blanks around them."""
    found = (line.strip(BLANK) for line in text.split("\n"))
    return [line for line in found if line]


def bare(text: str) -> str:
    """The text without any blank character: for comparing, never for showing."""
    return "".join(char for char in text if char not in BLANK)


def numbered(text: str, first: int = 1) -> list[tuple[int, str]]:
    """The lines that hold something, without the blanks around them, with their numbers."""
    found = ((number, line.strip(BLANK)) for number, line in enumerate(text.split("\n"), first))
    return [(number, line) for number, line in found if line]
