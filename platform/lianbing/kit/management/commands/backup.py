"""Write one verified archive with the database, the media and the keys."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianbing.kit import backups, clock


class Command(BaseCommand):
    help = (
        "Write one verified archive with the database, the media and the keys. Works while the site serves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", required=True, type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        try:
            report = backups.backup(options["output"], at=clock.now())
        except backups.BackupFailed as error:
            if options["json"]:
                self.stdout.write(json.dumps({"files": 0, "bytes": 0, "sha256": ""}))
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict()))
        else:
            self.stdout.write(f"{report.files} files, {report.bytes} bytes, SHA-256 {report.sha256}")
        self.stderr.write("The archive holds keys: keep it where only the administrator can read it.")
