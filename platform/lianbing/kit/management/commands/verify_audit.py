"""Recompute the chains of the audit trail and say whether they hold."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lianbing.kit import audit


class Command(BaseCommand):
    help = "Recompute the chains of the audit trail. Exit 1 when one is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        verdict = audit.verify()
        streams = [
            {"stream": name, "sealed": count, "head": verdict.heads[name]}
            for name, count in sorted(verdict.sealed.items())
        ]
        if options["json"]:
            report = {
                "valid": verdict.valid,
                "streams": streams,
                "unsealed": verdict.unsealed,
                "broken": verdict.broken,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            for row in streams:
                self.stdout.write(f"{row['stream']:<20}{row['sealed']:>8}  {row['head']}")
            for fault in verdict.broken:
                self.stdout.write(f"BROKEN {fault['stream']} {fault['sequence']}: {fault['reason']}")
            self.stdout.write("valid" if verdict.valid else "NOT VALID")
        if not verdict.valid:
            sys.exit(1)
