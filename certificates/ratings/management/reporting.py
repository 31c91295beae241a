"""What the commands of ratings that take files over have in common: which service, and what it is asked besides."""

from collections.abc import Callable
from typing import Any

from courses.training.services.records import RecordsReport
from lianbing.kit import clock
from lianbing.kit.management.spreadsheets import SpreadsheetCommand
from lianbing.kit.spreadsheets import Sheet
from lianbing.people.rules import SYSTEM


class FileCommand(SpreadsheetCommand):
    """Takes a spreadsheet over by `take_over`."""

    report = RecordsReport
    take_over: Callable[..., RecordsReport]

    def more(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a command asks for besides."""
        del options
        return {}

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> RecordsReport:
        """Every row the file holds."""
        return type(self).take_over(
            sheets=sheets, by=SYSTEM, at=clock.now(), **self.given(options), **self.more(options)
        )
