"""Put back what a backup holds, whole or not at all."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import backups


class Command(BaseCommand):
    help = "Put back what a backup holds, whole or not at all. What was there stays as <name>.before-restore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        try:
            report = backups.restore(options["file"])
        except backups.RestoreRefused as error:
            if options["json"]:
                self.stdout.write(json.dumps({"files": 0, "bytes": 0, "sha256": ""}))
            raise CommandError(
                _("Not restored, nothing was changed. %(why)s") % {"why": error}, returncode=2
            ) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict()))
        else:
            self.stdout.write(f"{report.files} files, {report.bytes} bytes, SHA-256 {report.sha256}")
        self.stderr.write(_("Start the server again, so that it reads the restored keys."))
