"""What the commands that take files over have in common: their options, their report, their exit."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.training.services.records import RecordsReport
from lianbing.kit import clock
from lianbing.kit.spreadsheets import RowError, SpreadsheetError, read_path
from lianbing.people.rules import SYSTEM


class FileCommand(BaseCommand):
    """Takes a spreadsheet over. Exit 1: something was refused; 2: the file is of no use."""

    take_over: Callable[..., RecordsReport]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows all the same")
        parser.add_argument("--dry-run", action="store_true", help="save nothing and report the same")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def more(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a command asks for besides."""
        del options
        return {}

    def handle(self, **options: Any) -> None:
        report, code = self._run(options)
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

    def _run(self, options: dict[str, Any]) -> tuple[RecordsReport, int]:
        path: Path = options["file"]
        try:
            report = type(self).take_over(
                sheets=read_path(path),
                by=SYSTEM,
                at=clock.now(),
                file=path.name,
                skip_bad_rows=options["skip_bad_rows"],
                dry_run=options["dry_run"],
                **self.more(options),
            )
        except SpreadsheetError as error:
            return RecordsReport(errors=[RowError("", 0, "", f"{path.name}: {error}")]), 2
        return report, 1 if report.errors else 0
