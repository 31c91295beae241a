"""Take over past years' classes, hours and results."""

from typing import Any

from courses.training.services.records import RecordsReport, import_training
from lianbing.kit import clock
from lianbing.kit.management.spreadsheets import SpreadsheetCommand
from lianbing.kit.spreadsheets import Sheet
from lianbing.people.rules import SYSTEM


class Command(SpreadsheetCommand):
    help = "Take over past training records (.xlsx, .xls, .csv). All or nothing, unless --skip-bad-rows."
    report = RecordsReport

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> RecordsReport:
        """Every sheet of records the file holds."""
        return import_training(sheets=sheets, by=SYSTEM, at=clock.now(), **self.given(options))
