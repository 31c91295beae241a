"""Make the search index anew, or compare it with what the library holds."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lianbing.library.services import indexing


class Command(BaseCommand):
    help = "Make the search index of the library anew, edition by edition, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, only compare")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        found = indexing.check() if options["check"] else indexing.rebuild()
        report = {
            "editions": found.editions,
            "articles": found.articles,
            "entries": found.entries,
            "missing": len(found.missing),
            "differing": len(found.differing),
            "agrees": found.agrees,
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            for name, value in report.items():
                self.stdout.write(f"{name}: {value}")
        if not found.agrees:
            sys.exit(1)
