"""manage.py export_certified -o FILE [--unit NAME/NAME] [--standing WORD] [--json]"""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from certificates.queries.overview import STANDINGS, Filter
from certificates.services.exporting import export
from lianbing.kit import clock
from lianbing.kit.refusals import file_reason
from lianbing.people.queries import unit_named
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Write who is certified, whose certificate ends, who failed and who did not sit to an .xlsx file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", required=True, metavar="FILE")
        parser.add_argument("--unit", default="", help="a unit with everything below it, as 支队/大队")
        parser.add_argument("--standing", default="", choices=["", *STANDINGS])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path = ""
        if options["unit"]:
            unit = unit_named(options["unit"])
            if unit is None:
                said = _("No unit, or more than one, is called “%(unit)s”.")
                self._stop(options, said % {"unit": options["unit"][:100]})
            path = unit.path
        asked = Filter(unit_paths=(path,), standing=options["standing"])
        book, rows = export(asked=asked, by=SYSTEM, at=clock.now())
        try:
            Path(options["output"]).write_bytes(book)
        except OSError as error:
            self._stop(options, f"{options['output']}: {file_reason(error)}")
        self.stdout.write(json.dumps({"rows": rows}) if options["json"] else f"rows: {rows}")

    def _stop(self, options: dict[str, Any], why: str) -> NoReturn:
        self.stderr.write(why)
        if options["json"]:
            self.stdout.write(json.dumps({"rows": 0, "error": why}, ensure_ascii=False))
        sys.exit(2)
