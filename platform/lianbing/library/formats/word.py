"""A law in a Word document (.docx): its paragraphs, read in a process of their own, as lines of plain text."""

from pathlib import Path
from typing import Any

from lianbing.kit import confined
from lianbing.library.rules import law_plain
from lianbing.library.rules.findings import Finding, NotALaw, Unreadable, finding
from lianbing.library.rules.law_tree import LawText

PROGRAM = Path(__file__).resolve().with_name("word_program.py")
LARGEST = 20 * 1024 * 1024
SECONDS = 20
# What is named, by its count. Numbers that Word makes are certain, so that they are a notice and no doubt.
DOUBTS = ("tables", "hidden", "boxes", "pictures", "embedded", "notes")


def read(data: bytes, stem: str) -> LawText:
    """Parse a .docx. Raises Unreadable or NotALaw."""
    found = _paragraphs(data)
    source = "\n".join(found["lines"])
    if not source.strip():
        raise Unreadable(finding("empty"))
    doubts = [finding(f"word_{name}", count=found[name]) for name in DOUBTS if found[name]]
    if found["inserted"] or found["deleted"]:
        doubts.append(finding("word_changes", inserted=found["inserted"], deleted=found["deleted"]))
    return law_plain.read_text(
        source.strip("\n"), stem, first=_first(source), extra=doubts, notices=_notices(found)
    )


def lines(data: bytes) -> list[str]:
    """The paragraphs of a .docx that need not be a law. Raises Unreadable or NotALaw."""
    found: list[str] = _paragraphs(data)["lines"]
    return found


def _first(source: str) -> int:
    return len(source) - len(source.lstrip("\n")) + 1


def _notices(found: dict[str, Any]) -> list[Finding]:
    return [finding("word_numbered", count=found["numbered"])] if found["numbered"] else []


def _paragraphs(data: bytes) -> dict[str, Any]:
    """What the other process found. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(finding("too_large", size=LARGEST // 1024**2))
    try:
        refusal, found = confined.call(PROGRAM, data, seconds=SECONDS)
    except confined.Ended as ended:
        raise Unreadable(finding("word_bomb" if ended.code == "large" else "word_damaged")) from ended
    if refusal == "not_word":
        _another_package(data)
    if refusal:
        code = {"large": "bomb", "entities": "bomb", "deep": "bomb"}.get(refusal, refusal)
        raise Unreadable(finding(f"word_{code}"))
    answer: dict[str, Any] = found
    return answer


def _another_package(data: bytes) -> None:
    """Raises for a package of another program: the names of its parts stand in it plainly."""
    if b"xl/workbook" in data:
        raise NotALaw(finding("spreadsheet"))
    if b"ppt/presentation" in data:
        raise NotALaw(finding("slides"))
