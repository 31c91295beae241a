"""An .mp4 of silence that a browser really plays: FLAC frames of nothing (RFC 9639) in ISO boxes.

(folder / "film.mp4").write_bytes(silent_film(20))
"""

import struct

RATE, BLOCK = 16_000, 4096


def _crc(data: bytes, poly: int, bits: int) -> int:
    value, top = 0, 1 << (bits - 1)
    for byte in data:
        value ^= byte << (bits - 8)
        for _bit in range(8):
            value = ((value << 1) ^ poly if value & top else value << 1) & ((1 << bits) - 1)
    return value


def _number(number: int) -> bytes:
    """A frame number as FLAC writes it: like UTF-8."""
    return chr(number).encode()


def _frame(number: int) -> bytes:
    head = b"\xff\xf8\xc5\x08" + _number(number)
    head += bytes([_crc(head, 0x07, 8)])
    body = head + b"\x00\x00\x00"  # one constant subframe of value 0
    return body + struct.pack(">H", _crc(body, 0x8005, 16))


def _box(name: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I", len(content) + 8) + name + content


def _full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return _box(name, struct.pack(">I", flags), *parts)


def _stream_info(samples: int) -> bytes:
    packed = (RATE << 44) | (0 << 41) | (15 << 36) | samples
    return struct.pack(">HH", BLOCK, BLOCK) + b"\0" * 6 + packed.to_bytes(8, "big") + b"\0" * 16


MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _description(samples: int) -> bytes:
    special = _full(b"dfLa", b"\x80\x00\x00\x22", _stream_info(samples))
    entry = b"\0" * 6 + struct.pack(">H8xHH4xI", 1, 1, 16, RATE << 16)
    return _full(b"stsd", struct.pack(">I", 1), _box(b"fLaC", entry, special))


def _table(frames: list[bytes], offset: int) -> bytes:
    sizes = b"".join(struct.pack(">I", len(frame)) for frame in frames)
    return _box(
        b"stbl",
        _description(len(frames) * BLOCK),
        _full(b"stts", struct.pack(">III", 1, len(frames), BLOCK)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, len(frames), 1)),
        _full(b"stsz", struct.pack(">II", 0, len(frames)), sizes),
        _full(b"stco", struct.pack(">II", 1, offset)),
    )


def _moov(frames: list[bytes], offset: int) -> bytes:
    length = len(frames) * BLOCK
    told = struct.pack(">IIII", 0, 0, RATE, length)
    movie = _full(
        b"mvhd", told, struct.pack(">IH10x", 0x10000, 0x100), MATRIX, b"\0" * 24, struct.pack(">I", 2)
    )
    track = _full(
        b"tkhd",
        struct.pack(">IIIII8xHHHH", 0, 0, 1, 0, length, 0, 0, 0x100, 0),
        MATRIX,
        b"\0" * 8,
        flags=7,
    )
    sound = _box(
        b"minf",
        _full(b"smhd", b"\0" * 4),
        _box(b"dinf", _full(b"dref", struct.pack(">I", 1), _full(b"url ", flags=1))),
        _table(frames, offset),
    )
    media = _box(
        b"mdia",
        _full(b"mdhd", told, struct.pack(">HH", 0x55C4, 0)),
        _full(b"hdlr", struct.pack(">I", 0), b"soun", b"\0" * 13),
        sound,
    )
    return _box(b"moov", movie, _box(b"trak", track, media))


def silent_film(seconds: int) -> bytes:
    """An .mp4 that plays for about so many seconds (whole blocks of a quarter of a second)."""
    frames = [_frame(number) for number in range(-(-seconds * RATE // BLOCK))]
    kind = _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41")
    offset = len(kind) + len(_moov(frames, 0)) + 8
    return kind + _moov(frames, offset) + _box(b"mdat", *frames)
