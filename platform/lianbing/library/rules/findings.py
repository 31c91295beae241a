"""What is wrong or doubtful about a text, as data: a code and its details, put into words elsewhere."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One thing a reader of the report must know. `details` is JSON data for the sentence."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, **self.details}


def finding(code: str, **details: Any) -> Finding:
    """A finding with details given by name."""
    return Finding(code, details)


def from_json(stored: dict[str, Any]) -> Finding:
    """A finding as it was stored with an edition."""
    return Finding(str(stored.get("code", "")), {k: v for k, v in stored.items() if k != "code"})


class NotALaw(Exception):
    """The file is something else (a README, a fill-in template): it is skipped, which is no error."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.finding = found


class Unreadable(Exception):
    """The file cannot be read whole: it is refused by name and nothing of it is saved."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.finding = found
