"""Write the annual data book, or hold its figures against plain SQL."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.ratings.queries.data_book import data_book
from certificates.ratings.queries.data_book_check import checked
from certificates.ratings.services.books import hand_out
from lianbing.kit import clock
from lianbing.people.models import Unit
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "The annual data book (.xlsx or .pdf) of a unit and everything below it; --check compares it with SQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, help="the running year unless given")
        parser.add_argument("--unit", default="", help="name of the unit; the whole bureau unless given")
        parser.add_argument("-o", "--output", type=Path, help="the file to write, .xlsx or .pdf")
        parser.add_argument(
            "--check", action="store_true", help="compare every counted figure with plain SQL"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, **options: Any) -> None:
        now = clock.now()
        today = timezone.localtime(now).date()
        unit, year = _unit(options["unit"]), options["year"] or today.year
        report: dict[str, Any] = {"unit": unit.name, "year": year}
        target: Path | None = options["output"]
        if target is not None:
            if target.suffix not in {".xlsx", ".pdf"}:
                raise CommandError("The file must end in .xlsx or .pdf.", returncode=2)
            made, book = hand_out(unit=unit, year=year, as_pdf=target.suffix == ".pdf", by=SYSTEM, at=now)
            target.write_bytes(made)
            report["file"] = str(target)
        else:
            book = data_book(unit, year, today=today)
        unequal = 0
        if options["check"]:
            found = checked(book)
            unequal = sum(not one.equal for one in found)
            report["checked"] = [
                {"figure": one.name, "book": float(one.book), "sql": float(one.sql), "equal": one.equal}
                for one in found
            ]
            report["unequal"] = unequal
        self._tell(report, as_json=options["json"])
        if unequal:
            raise SystemExit(1)

    def _tell(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for one in report.get("checked", []):
            self.stdout.write(
                f"{one['figure']:<12} {one['book']:>12g} {one['sql']:>12g} {'=' if one['equal'] else '≠'}"
            )
        self.stdout.write("  ".join(f"{key}: {value}" for key, value in report.items() if key != "checked"))


def _unit(name: str) -> Unit:
    found = list(Unit.objects.filter(name=name)[:2]) if name else list(Unit.get_root_nodes()[:1])
    if len(found) != 1:
        raise CommandError(
            f"No unit, or more than one, is called {name}." if name else "There is no unit yet.", returncode=2
        )
    return found[0]
