"""What commands that take a spreadsheet have in common: their options, their report, their exit."""

import json
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.core.management.base import BaseCommand, CommandParser

from lianbing.kit.spreadsheets import RowError, Sheet, SpreadsheetError, read_path


class Report(Protocol):
    """What an import tells: its counts and, under "errors", the faults by sheet, row and column."""

    errors: list[RowError]

    def as_dict(self) -> dict[str, Any]:
        """The report as one JSON object."""


class SpreadsheetCommand(BaseCommand):
    """`FILE [--skip-bad-rows] [--dry-run] [--json]`: all or nothing, unless bad rows may be skipped.

    A subclass says in `take` which service takes the sheets, and in `report` what its report is called.
    Exit 0: everything accepted. 1: rows refused. 2: nothing usable.
    """

    report: ClassVar[Any]

    def add_arguments(self, parser: CommandParser) -> None:
        """The options every such command has."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows all the same")
        parser.add_argument("--dry-run", action="store_true", help="save nothing and report the same")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def take(self, sheets: list[Sheet], options: dict[str, Any]) -> Report:
        """Import the sheets. Raises SpreadsheetError where no table is found."""
        raise NotImplementedError

    def given(self, options: dict[str, Any]) -> dict[str, Any]:
        """What every service that takes sheets is told of the file and of what to do with it."""
        return {
            "file": options["file"].name,
            "skip_bad_rows": options["skip_bad_rows"],
            "dry_run": options["dry_run"],
        }

    def run(self, options: dict[str, Any]) -> tuple[Report, int]:
        """The report, and the exit."""
        path: Path = options["file"]
        try:
            report = self.take(read_path(path), options)
        except SpreadsheetError as error:
            return self.unusable(f"{path.name}: {error}"), 2
        return report, 1 if report.errors else 0

    def unusable(self, reason: str) -> Report:
        """The report of a file of which nothing could be used."""
        made: Report = self.report(errors=[RowError("", 0, "", reason)])
        return made

    def handle(self, **options: Any) -> None:
        """Faults to stderr, the report to stdout."""
        report, code = self.run(options)
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
