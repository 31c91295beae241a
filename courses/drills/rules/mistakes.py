"""The wrong-answer book: in by itself, out after successes on different days."""

import datetime
from dataclasses import dataclass

SUCCESSES = 3  # so many days on which it was right, without a guess
APART = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question in the book: successes so far, and the day of the last."""

    successes: int = 0
    last_success_on: datetime.date | None = None

    @property
    def is_cleared(self) -> bool:
        """Whether it may leave the book."""
        return self.successes >= SUCCESSES


def after(entry: Entry, *, right: bool, guessed: bool, on: datetime.date) -> Entry:
    """The entry after an answer on a day. Wrong begins anew; a guess or a second success that day changes nothing."""
    if not right:
        return Entry()
    if guessed or (entry.last_success_on is not None and on - entry.last_success_on < APART):
        return entry
    return Entry(entry.successes + 1, on)
