"""The personal training file of one officer: every entry, filtered, with totals by kind and year."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from courses.training.ports import FileEntry, file_entries
from courses.training.queries import file_sections, file_taken_over
from lianbing.people.models import Officer
from lianbing.people.queries import identities
from lianbing.people.rules import Actor

SECTIONS = file_sections, file_taken_over  # imported so that its sections are registered


@dataclass(frozen=True)
class PersonalFile:
    """The entries shown, in the order of the days; how many there are of each kind; hours in all and by year.

    `counts` and `hours` are those of the years asked for, whatever kind is shown.
    """

    entries: list[FileEntry]
    counts: Counter[str]
    hours: Decimal
    by_year: list[tuple[int, Decimal]] = field(default_factory=list)


def personal_file(
    officer: Officer,
    *,
    as_of: datetime.date | None = None,
    kinds: Sequence[str] = (),
    year: int | None = None,
    reader: Actor | None = None,
) -> PersonalFile:
    """The file of a person as `reader` sees it, records merged into theirs with it; a constant number of statements."""
    everything = [
        entry
        for entry in file_entries(identities(officer), as_of)
        if (year is None or entry.on.year == year) and (as_of is None or entry.on <= as_of)
        if entry.shown_to(reader)
    ]
    by_year: dict[int, Decimal] = {}
    for entry in everything:
        if entry.hours is not None:
            by_year[entry.on.year] = by_year.get(entry.on.year, Decimal(0)) + entry.hours
    return PersonalFile(
        entries=[entry for entry in everything if not kinds or entry.kind in kinds],
        counts=Counter(entry.kind for entry in everything),
        hours=sum(by_year.values(), Decimal(0)),
        by_year=sorted(by_year.items()),
    )
