"""Write the Excel template for questions."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lianbing.kit.refusals import file_reason
from question_bank.formats import excel


class Command(BaseCommand):
    help = "Write the Excel template whose headings are the specification of import_questions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            options["output"].write_bytes(excel.template())
        except OSError as error:
            raise CommandError(f"{options['output']}: {file_reason(error)}", returncode=2) from error
        self.stderr.write(f"{options['output']}")
