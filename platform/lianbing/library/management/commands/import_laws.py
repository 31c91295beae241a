"""Import laws from files, folders and archives."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser, OutputWrapper

from lianbing.kit import clock
from lianbing.library.formats.sources import Sources
from lianbing.library.services import Report, import_sources
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Import laws (.docx, .txt, .md) from files, folders, .zip, .tar.gz and .tar.xz."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder or an archive")
        parser.add_argument("--dry-run", action="store_true", help="save nothing and report the same")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        with Sources([Path(path) for path in options["paths"]]) as sources:
            bar = _Bar(sources.total, self.stderr)
            report = import_sources(
                sources=sources, by=SYSTEM, at=clock.now(), dry_run=options["dry_run"], progress=bar.step
            )
            bar.end()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            self._print(report)
        if report.exit_code:
            sys.exit(report.exit_code)

    def _print(self, report: Report) -> None:
        for name, value in asdict(report).items():
            if isinstance(value, list):
                self.stdout.write(f"{name}: {len(value)}")
                for row in value:
                    self.stdout.write(f"  {row['file']}: {row['reason']}")
            else:
                self.stdout.write(f"{name}: {value}")


class _Bar:
    """A progress bar: redrawn in place on a terminal, a line every tenth of the way elsewhere."""

    WIDTH = 30

    def __init__(self, total: int, out: OutputWrapper) -> None:
        self.total, self.done, self.out = max(total, 1), 0, out
        self.live = out.isatty()
        self.shown = -1

    def step(self, name: str) -> None:
        del name
        self.done += 1
        tenths = self.done * (100 if self.live else 10) // self.total
        if tenths != self.shown:
            self.shown = tenths
            full = self.WIDTH * self.done // self.total
            bar = "#" * full + "." * (self.WIDTH - full)
            start, end = ("\r", "") if self.live else ("", "\n")
            self.out.write(f"{start}[{bar}] {self.done}/{self.total}", style_func=str, ending=end)
            self.out.flush()

    def end(self) -> None:
        if self.live:
            self.out.write("")
