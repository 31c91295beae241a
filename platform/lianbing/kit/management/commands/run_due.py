"""Do once what the server's ticker does every few seconds."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lianbing.kit import clock, ticker


class Command(BaseCommand):
    help = "Do what is due: deadlines, effective dates, notices, outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        failed: list[str] = []
        counts = ticker.turn(at=clock.now(), failed=failed)
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            for name, count in counts.items():
                self.stdout.write(f"{name:<12}{count}")
        for name in failed:
            self.stderr.write(f"failed: {name}")
        if failed:
            sys.exit(1)
