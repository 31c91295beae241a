"""What taking over an older register would do, as data: passed from planning to checking and writing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from certificates.formats.checking import QualificationRow
from certificates.formats.reading import Book
from certificates.models import EnforcementCertificate
from certificates.rules.taking_over import CARDS, CHANGES_SHEET, ENTERED, REVIEWS, Step
from certificates.state.enforcement import Event, Holding, Kind

AT_ONCE = 500
REASONS = {ENTERED: "older_register", "reviewed": "periodic"}


@dataclass
class Entry:
    """What is written for one person: the holding there is (or None), the new events, the holding afterwards."""

    officer_id: int
    row: EnforcementCertificate | None
    steps: list[Step]
    holding: Holding
    is_new: bool


@dataclass
class Plan:
    """What a file would do. Counts are of rows; `refused` are (person, why) who may not hold a certificate."""

    entries: list[Entry] = field(default_factory=list)
    qualifications: list[QualificationRow] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def event_of(step: Step) -> Event:
    """A step of the file as the state machine takes it."""
    return Event(Kind(step.kind), step.on, REASONS.get(step.kind, ""), step.document_no, step.data)


def rows_of(steps: Sequence[Step]) -> set[tuple[str, int]]:
    """The rows of the file these steps come from; one row may be two steps."""
    return {(step.sheet, step.row) for step in steps}


def place(book: Book, officer_id: int) -> tuple[str, int]:
    """The sheet and row in which a person first stands."""
    if officer_id in book.cards:
        return CARDS, book.cards[officer_id].row
    if book.reviews.get(officer_id):
        return REVIEWS, book.reviews[officer_id][0].row
    return CHANGES_SHEET, book.changes[officer_id][0].row
