"""Whether a question may be drawn although its law changed: computed from its citations and the moment."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """An article a version cites, changed from the day `on` by the coming or going of an edition."""

    article: int
    edition: int
    event: str
    on: datetime.date

    @property
    def key(self) -> tuple[int, int, str]:
        """What a confirmation is about."""
        return self.article, self.edition, self.event


def may_be_drawn(
    changes: Iterable[Changed], confirmed: Collection[tuple[int, int, str]], on: datetime.date
) -> bool:
    """Whether a version stays in the draws on a day: every change in effect was confirmed by a person.

    A confirmation may come before the day; it holds for the one change it is about and no later one.
    """
    return all(change.on > on or change.key in confirmed for change in changes)


def can_confirm(*, writers: frozenset[int], confirmer: int | None, people: int) -> bool:
    """Whether a person may say that a question is still right: none of its writers where the bank demands
    a second person, and never the system."""
    return confirmer is not None and (people <= 1 or confirmer not in writers)
