"""A Word or PowerPoint file as what stands in it. Hostile files end in a code, never in a fault of ours."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lianbing.kit import confined

PROGRAM = Path(__file__).resolve().with_name("office_program.py")
SECONDS, MEMORY = 40, 900 * 1024**2
LARGEST = 60 * 1024 * 1024
OLD, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """The file cannot become a course. `code`: large, bomb, password, macros, old, damaged, not_office, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Found:
    """What stands in a file (see `office_program`), and what could not be taken over: code -> how often."""

    kind: str
    blocks: list[tuple[Any, ...]] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)


def read(data: bytes) -> Found:
    """Read the bytes of a .docx or .pptx, whatever its name says. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable("large")
    if data.startswith(OLD):
        raise Unreadable("password" if ENCRYPTED in data else "old")
    if not data.startswith(ZIP):
        raise Unreadable("not_office" if data else "empty")
    try:
        refusal, answer = confined.call(PROGRAM, data, memory=MEMORY, seconds=SECONDS)
    except confined.Ended as ended:
        raise Unreadable("bomb" if ended.code == "large" else "damaged") from ended
    if refusal:
        raise Unreadable("bomb" if refusal == "large" else refusal)
    if not answer["blocks"]:
        raise Unreadable("empty")
    return Found(answer["kind"], answer["blocks"], answer["lost"])
