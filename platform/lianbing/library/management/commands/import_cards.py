"""Import cards of the handbook."""

from typing import Any

from lianbing.kit import clock
from lianbing.kit.management.spreadsheets import SpreadsheetCommand
from lianbing.kit.spreadsheets import Sheet
from lianbing.library.services.card_import import CardsReport, import_cards
from lianbing.people.rules import SYSTEM


class Command(SpreadsheetCommand):
    help = "Import handbook cards (.xlsx, .xls, .csv) for review. All or nothing, unless --skip-bad-rows."
    report = CardsReport

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> CardsReport:
        """Every card of the file."""
        return import_cards(sheets=sheets, by=SYSTEM, at=clock.now(), **self.given(options))
