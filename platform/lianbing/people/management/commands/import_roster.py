"""Import a roster of units, posts and people."""

import csv
import json
import os
import stat
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock
from lianbing.kit.refusals import file_reason
from lianbing.kit.spreadsheets import RowError, SpreadsheetError, read_path, safe_text
from lianbing.people.rules import SYSTEM
from lianbing.people.services.accounts import Slip
from lianbing.people.services.rosters import RosterReport, import_roster

HEADINGS = ["staff_number", "name", "unit", "password"]


class Command(BaseCommand):
    help = "Import a roster (.xlsx, .xls, .csv). All or nothing, unless --skip-bad-rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows all the same")
        parser.add_argument(
            "--passwords-out", type=Path, help="CSV of one-time passwords, for its owner alone"
        )
        parser.add_argument("--dry-run", action="store_true", help="save nothing and report the same")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        report, code = self._run(options)
        for fault in report.errors:
            place = " ".join(str(part) for part in (fault.sheet, fault.row, fault.column) if part)
            self.stderr.write(f"{place}: {fault.message}" if place else fault.message)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._print(report)
        if code:
            raise SystemExit(code)

    def _run(self, options: dict[str, Any]) -> tuple[RosterReport, int]:
        path: Path = options["file"]
        target: Path | None = options["passwords_out"]
        try:
            report = import_roster(
                sheets=read_path(path),
                by=SYSTEM,
                at=clock.now(),
                skip_bad_rows=options["skip_bad_rows"],
                dry_run=options["dry_run"],
                deliver=(lambda slips: write_passwords(target, slips)) if target else None,
            )
        except SpreadsheetError as error:
            return _unusable(f"{path.name}: {error}"), 2
        except OSError as error:
            message = _("The passwords file cannot be written, so nothing was saved: %(reason)s")
            reason = message % {"reason": file_reason(error)}
            return _unusable(reason), 2
        return report, 1 if report.errors else 0

    def _print(self, report: RosterReport) -> None:
        counts = {k: v for k, v in report.as_dict().items() if k != "errors"}
        self.stdout.write("  ".join(f"{name}: {count}" for name, count in counts.items()))


def _unusable(reason: str) -> RosterReport:
    return RosterReport(errors=[RowError("", 0, "", reason)])


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
