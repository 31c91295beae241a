"""Import a roster of units, posts and people."""

import csv
import os
import stat
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock
from lianbing.kit.management.spreadsheets import Report, SpreadsheetCommand
from lianbing.kit.refusals import file_reason
from lianbing.kit.spreadsheets import Sheet, safe_text
from lianbing.people.rules import SYSTEM
from lianbing.people.services.accounts import Slip
from lianbing.people.services.rosters import RosterReport, import_roster

HEADINGS = ["staff_number", "name", "unit", "password"]


class Command(SpreadsheetCommand):
    help = "Import a roster (.xlsx, .xls, .csv). All or nothing, unless --skip-bad-rows."
    report = RosterReport

    def add_arguments(self, parser: CommandParser) -> None:
        """Also where the passwords go."""
        super().add_arguments(parser)
        parser.add_argument(
            "--passwords-out", type=Path, help="CSV of one-time passwords, for its owner alone"
        )

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> RosterReport:
        """Everybody of the file. Raises OSError where the passwords file cannot be written."""
        target: Path | None = options["passwords_out"]
        return import_roster(
            sheets=sheets,
            by=SYSTEM,
            at=clock.now(),
            skip_bad_rows=options["skip_bad_rows"],
            dry_run=options["dry_run"],
            deliver=(lambda slips: write_passwords(target, slips)) if target else None,
        )

    def run(self, options: dict[str, Any]) -> tuple[Report, int]:
        """Nothing is saved where the passwords would be lost."""
        try:
            return super().run(options)
        except OSError as error:
            message = _("The passwords file cannot be written, so nothing was saved: %(reason)s")
            return self.unusable(message % {"reason": file_reason(error)}), 2


def write_passwords(path: Path, slips: list[Slip]) -> None:
    """Write the passwords to a file only its owner can read; what the file already holds stays.

    Raises OSError.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        os.fchmod(file.fileno(), stat.S_IRUSR | stat.S_IWUSR)
        writer = csv.writer(file)
        if os.fstat(file.fileno()).st_size == 0:
            writer.writerow(HEADINGS)
        writer.writerows(
            [safe_text(slip.staff_number), safe_text(slip.name), safe_text(slip.unit), slip.password]
            for slip in slips
        )
        file.flush()
        os.fsync(file.fileno())
