"""Write the template of an older register of certificates."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.formats.columns import template
from lianbing.kit.refusals import file_reason


class Command(BaseCommand):
    help = "Write the Excel template of certificates, reviews, changes and qualifications: headings, examples, column guide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, **options: Any) -> None:
        try:
            options["output"].write_bytes(template())
        except OSError as error:
            raise CommandError(f"{options['output']}: {file_reason(error)}", returncode=2) from error
        self.stderr.write(str(options["output"]))
