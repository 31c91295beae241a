"""Bring a file of questions into a bank."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from question_bank import formats, services
from question_bank.services.import_run import Report

LISTED = 20


class Command(BaseCommand):
    help = "Import questions from the Excel template, a CSV of the same columns, or a known JSON layout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, help="short name of the bank; made when it is not there")
        parser.add_argument("--format", default="auto", choices=["auto", *formats.names()])
        parser.add_argument("--publish", action="store_true", help="publish what has a key and no twin")
        parser.add_argument("--dry-run", action="store_true", help="save nothing, report the same")
        parser.add_argument("--json", action="store_true", help="the report as one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        report = Report()
        try:
            if not re.fullmatch(r"[-\w]{1,60}", options["bank"]):
                raise formats.BadFile(
                    _("The short name of a bank takes letters, digits, hyphens and underscores.")
                )
            report = services.import_bank(
                file=formats.File(options["file"]),
                bank=options["bank"],
                format=options["format"],
                publish=options["publish"],
                dry_run=options["dry_run"],
                by=SYSTEM,
                at=clock.now(),
                progress=self._progress,
            )
        except formats.BadFile as error:
            self.stderr.write(str(error))
            report.refused.append({"where": options["file"].name, "reason": str(error)})
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self._tell(report)
        if report.exit_code:
            sys.exit(report.exit_code)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done}/{total}")

    def _tell(self, report: Report) -> None:
        told = report.as_dict()
        for name in ("read", "created", "unchanged"):
            self.stdout.write(f"{name}: {told[name]}")
        self.stdout.write(f"by_kind: {report.by_kind}")
        for name in ("duplicates", "refused", "warnings"):
            self.stdout.write(f"{name}: {len(told[name])}")
            for item in told[name][:LISTED]:
                self.stdout.write(f"  {item['where']}: {item.get('reason') or item.get('twin')}")
            if len(told[name]) > LISTED:
                self.stdout.write("  ... (--json lists them all)")
