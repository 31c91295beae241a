"""The act by which laws are repealed."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """The repealing document as people name it: title, number, the first day of no more, and why."""

    title: str
    number: str
    on: datetime.date
    reason: str

    @property
    def words(self) -> str:
        """What stands on the repealed text."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"
