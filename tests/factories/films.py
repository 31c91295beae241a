"""The bytes of an .mp4 with a header and no pictures: enough to be taken for a film and to say how long it runs."""


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


def film(seconds: int = 60, *, header_last: bool = False) -> bytes:
    """A film that runs so many seconds. `header_last`: as cameras write it, with the header behind the pictures."""
    header = b"\0" * 12 + (1000).to_bytes(4, "big") + (seconds * 1000).to_bytes(4, "big") + b"\0" * 80
    start, moov, data = (
        _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41"),
        _box(b"moov", _box(b"mvhd", header)),
        _box(b"mdat", b"\0" * 64),
    )
    return start + (data + moov if header_last else moov + data)
