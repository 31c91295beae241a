"""What changed between two versions of a question, field by field, with the words marked."""

from collections.abc import Mapping
from dataclasses import dataclass

from lianbing.library.rules.diff_words import Run, compare

FIELDS = ("question", "explanation", "point", "difficulty", "citations")


@dataclass(frozen=True)
class Change:
    """One field that differs: its name (one of FIELDS) and the runs from the old words to the new ones."""

    field: str
    runs: tuple[Run, ...]


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """The fields that differ, in the order of FIELDS. A field that is missing is empty."""
    return [
        Change(field, compare(old.get(field, ""), new.get(field, "")))
        for field in FIELDS
        if old.get(field, "") != new.get(field, "")
    ]
