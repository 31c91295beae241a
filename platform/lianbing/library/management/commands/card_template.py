"""Write the template of handbook cards."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianbing.kit.refusals import file_reason
from lianbing.library.formats.card_columns import template


class Command(BaseCommand):
    help = "Write the Excel template of handbook cards: headings, examples, column guide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, **options: Any) -> None:
        try:
            options["output"].write_bytes(template())
        except OSError as error:
            raise CommandError(f"{options['output']}: {file_reason(error)}", returncode=2) from error
        self.stderr.write(str(options["output"]))
