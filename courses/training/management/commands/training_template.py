"""Write the template of past training records."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.training.formats.record_columns import template
from lianbing.kit.refusals import file_reason


class Command(BaseCommand):
    help = "Write the Excel template of past training records: headings, examples, column guide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, **options: Any) -> None:
        try:
            options["output"].write_bytes(template())
        except OSError as error:
            raise CommandError(f"{options['output']}: {file_reason(error)}", returncode=2) from error
        self.stderr.write(str(options["output"]))
