"""What one import knows while it works through a file."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from lianbing.library.queries import CitationResolver
from lianbing.people.rules import Actor
from question_bank.formats import Row
from question_bank.models import KnowledgePoint, QuestionBank
from question_bank.rules.draft import Draft


@dataclass
class Report:
    """What an import did, under the keys of the outside contract."""

    read: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    created: int = 0
    unchanged: int = 0
    duplicates: list[dict[str, str]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))

    @property
    def exit_code(self) -> int:
        """0: everything accepted; 1: something refused; 2: nothing usable."""
        if not self.created and not self.unchanged:
            return 2
        return 1 if self.refused else 0


@dataclass
class Entry:
    """A sound row with what is to become of it.

    `digest` says what the row holds and which of its equals in the file it is, so that a second run
    finds each row's own question. `publish`: whether --publish reaches it.
    """

    row: Row
    draft: Draft
    digest: str
    publish: bool


@dataclass
class Run:
    """One run. `twins` are questions of the bank by fingerprint, `seen` places in the file by the same."""

    bank: QuestionBank
    publish: bool
    by: Actor
    at: datetime.datetime
    resolver: CitationResolver
    points: dict[str, KnowledgePoint]
    twins: dict[str, str]
    report: Report = field(default_factory=Report)
    seen: dict[str, str] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)

    def note(self, row: Row, reason: str, about: str = "") -> None:
        """Add a warning about one field of a row."""
        self.report.warnings.append({"where": row.place.at(about), "reason": reason})

    def duplicate(self, row: Row, twin: str) -> None:
        """List a row as asking the same as `twin`, once."""
        if str(row.place) not in self.listed:
            self.listed.add(str(row.place))
            self.report.duplicates.append({"where": str(row.place), "twin": twin})
