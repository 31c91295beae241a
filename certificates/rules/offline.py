"""The code that proves a certificate without a network: a few lines for people, the last one a signature.

    LIANBING-CERT-1
    YXPX-2026-000123
    王**
    岗位执法培训合格证书
    20261120-20281119
    云汐市城市管理综合执法局
    1/48211                      place on the public status list
    3f7Kq0aZ81bc                 the first characters of the key's thumbprint
    <86 characters>              Ed25519 over the lines before, joined by line feeds

Any scanner shows the lines as they are. The first line keeps such a signature from ever meaning anything else.
"""

import base64
import binascii
import datetime
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from certificates.rules.signing import Key, Untrusted, sign_bytes, verify_bytes

FORMAT = "LIANBING-CERT-1"
KID_LENGTH = 12
LINES = 9
MOST_CHARACTERS = 1000
MARK = "lianbing-cert:"
_SPAN = re.compile(r"(\d{8})-(\d{8})")
_PLACE = re.compile(r"([1-9]\d{0,8})/(0|[1-9]\d{0,5})")
_MARKED = re.compile(rb"lianbing-cert:([A-Za-z0-9_-]{40,4000})")
_STREAM = re.compile(rb"stream\r?\n")
MOST_STREAMS = 2000
MOST_PACKED = 200_000
MOST_INFLATED = 8_000_000


@dataclass(frozen=True)
class Paper:
    """What such a code says."""

    number: str
    masked_name: str
    title: str
    valid_from: datetime.date
    valid_until: datetime.date
    issuer: str
    status_list: int
    status_index: int


def signed(paper: Paper, private: Key) -> str:
    """The text of the code."""
    body = "\n".join(_lines(paper, str(private["kid"])))
    return f"{body}\n{sign_bytes(body.encode(), private)}"


def read(text: str, keys: Mapping[str, Key]) -> tuple[Paper, str]:
    """(what it says, kid) of a code that one of `keys` signed. Scanners may write line ends their own way.

    Raises Untrusted: malformed, unknown_key, bad_signature.
    """
    text = text.replace("\r\n", "\n").strip("\n ")
    lines = text.split("\n")
    if len(text) > MOST_CHARACTERS or len(lines) != LINES or lines[0] != FORMAT:
        raise Untrusted("malformed")
    paper = _parsed(lines)
    kid = next((kid for kid in keys if kid[:KID_LENGTH] == lines[7]), "")
    if not kid:
        raise Untrusted("unknown_key")
    verify_bytes("\n".join(lines[:-1]).encode(), lines[-1], keys[kid])
    return paper, kid


def armoured(text: str) -> str:
    """The code as one word, for the keywords of a PDF."""
    return MARK + base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode() if text else ""


def inside_pdf(data: bytes) -> str:
    """The code that a PDF of ours carries in its keywords, "" when there is none. Reads plain and packed parts."""
    for part in _parts(data):
        if found := _MARKED.search(part):
            word = found[1] + b"=" * (-len(found[1]) % 4)
            try:
                return base64.urlsafe_b64decode(word).decode("utf-8")
            except (binascii.Error, ValueError):
                continue
    return ""


def _parts(data: bytes) -> Iterator[bytes]:
    """The file as it is, then each packed part, as far as a file of ours can need it."""
    yield data
    left, view = MOST_INFLATED, memoryview(data)
    for count, start in enumerate(_STREAM.finditer(data)):
        if count >= MOST_STREAMS or left <= 0:
            return
        try:
            part = zlib.decompressobj().decompress(view[start.end() : start.end() + MOST_PACKED], left)
        except zlib.error:
            continue
        left -= len(part)
        yield part


def _lines(paper: Paper, kid: str) -> list[str]:
    span = f"{paper.valid_from:%Y%m%d}-{paper.valid_until:%Y%m%d}"
    words = (paper.number, paper.masked_name, paper.title, span, paper.issuer)
    place = f"{paper.status_list}/{paper.status_index}"
    return [FORMAT, *(" ".join(word.split()) for word in words), place, kid[:KID_LENGTH]]


def _parsed(lines: list[str]) -> Paper:
    span, place = _SPAN.fullmatch(lines[4]), _PLACE.fullmatch(lines[6])
    if span is None or place is None:
        raise Untrusted("malformed")
    return Paper(
        number=lines[1],
        masked_name=lines[2],
        title=lines[3],
        valid_from=_day(span[1]),
        valid_until=_day(span[2]),
        issuer=lines[5],
        status_list=int(place[1]),
        status_index=int(place[2]),
    )


def _day(text: str) -> datetime.date:
    try:
        return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise Untrusted("malformed") from None
