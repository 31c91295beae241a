"""Keep the Chinese catalogue complete."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianbing.kit import messages, messages_sources


class Command(BaseCommand):
    help = "Keep the Chinese catalogue complete: extract, fill, compile, check."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--update", action="store_true", help="read the sources and compile")
        what.add_argument("--compile", action="store_true", help="the same as --update")
        what.add_argument("--check", action="store_true", help="change nothing; exit 1 if incomplete")
        what.add_argument("--fill", metavar="FILE", help="take translations from JSON {English: Chinese}")
        parser.add_argument("--prune", action="store_true", help="forget translations nothing uses")

    def handle(self, **options: Any) -> None:
        try:
            texts = messages_sources.in_project(settings.ROOT)
        except SyntaxError as error:
            raise CommandError(str(error), returncode=2) from error
        if not options["check"]:
            fill = _read(options["fill"]) if options["fill"] else {}
            for unused in messages.update(settings.ROOT, texts, fill, prune=options["prune"]):
                self.stderr.write(f"used nowhere yet: {unused!r}")
        findings = messages.check(settings.ROOT, texts)
        for finding in findings:
            self.stdout.write(str(finding))
        self.stdout.write(f"{len(texts)} texts, {len(findings)} findings")
        if options["check"] and findings:
            raise CommandError("The catalogue is not complete.", returncode=1)


def _read(name: str) -> dict[str, str]:
    try:
        data = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{name}: {error}", returncode=2) from error
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise CommandError(f"{name}: expected one object of texts", returncode=2)
    return data
