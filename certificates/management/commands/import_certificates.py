"""Take over an older register of enforcement certificates."""

from typing import Any

from certificates.services.register_import import RegisterReport, import_certificates
from lianbing.kit import clock
from lianbing.kit.management.spreadsheets import SpreadsheetCommand
from lianbing.kit.spreadsheets import Sheet
from lianbing.people.rules import SYSTEM


class Command(SpreadsheetCommand):
    help = "Take over a register of enforcement certificates (.xlsx, .xls, .csv). All or nothing, unless --skip-bad-rows."
    report = RegisterReport

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> RegisterReport:
        """Certificates, past reviews and changes, qualifications."""
        return import_certificates(sheets=sheets, by=SYSTEM, at=clock.now(), **self.given(options))
