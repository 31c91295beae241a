"""How long an .mp4 film runs, read from its boxes (ISO/IEC 14496-12). Pure: the caller brings the bytes."""

from collections.abc import Callable

ReadAt = Callable[[int, int], bytes]
MOST_BOXES = 2000
HEAD, LONG_HEAD = 8, 16


class NotAFilm(Exception):
    """The bytes are no .mp4 that a browser can play."""


def seconds(read_at: ReadAt, size: int) -> int:
    """The running time in whole seconds, rounded up. `read_at(offset, length)` gives bytes of the file.

    Raises NotAFilm when it does not begin as an .mp4 does or has no film header.
    """
    if read_at(4, 4) != b"ftyp":
        raise NotAFilm
    moov = _box(read_at, 0, size, b"moov")
    header = _box(read_at, *moov, b"mvhd")
    return _duration(read_at(header[0], min(32, header[1] - header[0])))


def _box(read_at: ReadAt, start: int, end: int, name: bytes) -> tuple[int, int]:
    """Where the content of the first box of this name begins and ends between two places."""
    for _turn in range(MOST_BOXES):
        head = read_at(start, LONG_HEAD)
        if start + HEAD > end or len(head) < HEAD:
            break
        length, skip = int.from_bytes(head[:4], "big"), HEAD
        if length == 1 and len(head) == LONG_HEAD:
            length, skip = int.from_bytes(head[8:], "big"), LONG_HEAD
        elif length == 0:
            length = end - start
        if length < skip:
            break
        if head[4:8] == name:
            return start + skip, min(start + length, end)
        start += length
    raise NotAFilm


def _duration(header: bytes) -> int:
    """Seconds of a film header (mvhd), version 0 with 32 bits or version 1 with 64."""
    wide = header[:1] == b"\x01"
    scale_at, length = (20, 8) if wide else (12, 4)
    if len(header) < scale_at + 4 + length:
        raise NotAFilm
    scale = int.from_bytes(header[scale_at : scale_at + 4], "big")
    units = int.from_bytes(header[scale_at + 4 : scale_at + 4 + length], "big")
    if scale == 0 or units == 2 ** (8 * length) - 1:
        raise NotAFilm
    return -(-units // scale)
