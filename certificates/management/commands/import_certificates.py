"""Take over an older register of enforcement certificates."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from certificates.services.register_import import RegisterReport, import_certificates
from lianbing.kit import clock
from lianbing.kit.spreadsheets import RowError, SpreadsheetError, read_path
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Take over a register of enforcement certificates (.xlsx, .xls, .csv). All or nothing, unless --skip-bad-rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows all the same")
        parser.add_argument("--dry-run", action="store_true", help="save nothing and report the same")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        report, code = _run(options)
        for fault in report.errors:
            place = " ".join(str(part) for part in (fault.sheet, fault.row, fault.column) if part)
            self.stderr.write(f"{place}: {fault.message}" if place else fault.message)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            counts = {name: count for name, count in report.as_dict().items() if name != "errors"}
            self.stdout.write("  ".join(f"{name}: {count}" for name, count in counts.items()))
        if code:
            raise SystemExit(code)


def _run(options: dict[str, Any]) -> tuple[RegisterReport, int]:
    path: Path = options["file"]
    try:
        report = import_certificates(
            sheets=read_path(path),
            by=SYSTEM,
            at=clock.now(),
            file=path.name,
            skip_bad_rows=options["skip_bad_rows"],
            dry_run=options["dry_run"],
        )
    except SpreadsheetError as error:
        return RegisterReport(errors=[RowError("", 0, "", f"{path.name}: {error}")]), 2
    return report, 1 if report.errors else 0
