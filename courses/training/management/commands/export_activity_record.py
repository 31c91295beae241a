"""The activity record (台账) of a unit for a period, in the bureau's own template or the built-in one."""

import json
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from courses.training.rules.activity_record import period_of
from courses.training.services.exports import activity_record
from lianbing.kit import clock
from lianbing.kit.refusals import file_reason
from lianbing.kit.spreadsheets import SpreadsheetError
from lianbing.people.models import Unit
from lianbing.people.queries import unit_named
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Write the activity record of a unit for a period (2026-06, 2026-Q2, 2026, or two days with ..)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--unit", required=True, help="units as 支队/大队/中队; the bureau's name for everything"
        )
        parser.add_argument("--period", required=True)
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument("--template", type=Path, help="a workbook of your own with placeholders")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        unit = self._unit(options)
        period = period_of(options["period"])
        if period is None:
            self._refuse(
                options,
                _("“%(period)s” is no period. Write 2026-06, 2026-Q2 or 2026.")
                % {"period": options["period"][:40]},
            )
        assert period is not None
        try:
            template = options["template"].read_bytes() if options["template"] else None
            filled, rows = activity_record(
                unit=unit, first=period[0], last=period[1], by=SYSTEM, at=clock.now(), template=template
            )
            options["output"].write_bytes(filled.data)
        except SpreadsheetError as error:
            self._refuse(options, str(error))
        except OSError as error:
            self._refuse(options, file_reason(error))
        for place in filled.unknown:
            self.stderr.write(_("No such placeholder, left as it is: %(place)s") % {"place": place})
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows}))
        else:
            self.stdout.write(f"rows: {rows}")
        if filled.unknown:
            raise SystemExit(1)

    def _unit(self, options: dict[str, Any]) -> Unit:
        unit = unit_named(options["unit"])
        if unit is None:
            self._refuse(
                options,
                _("No unit, or more than one, is called “%(unit)s”.") % {"unit": options["unit"][:100]},
            )
        assert unit is not None
        return unit

    def _refuse(self, options: dict[str, Any], reason: str) -> NoReturn:
        if options["json"]:
            self.stdout.write(json.dumps({"rows": 0, "error": reason}, ensure_ascii=False))
        raise CommandError(reason, returncode=2)
