"""Release the results of a closed sitting."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exams.management.reporting import OPERATOR, BadFile, finish, sitting_of
from exams.queries.results import outcomes, spread
from exams.rendering import release_text
from exams.services import results
from lianbing.kit import clock


class Command(BaseCommand):
    help = "Release the results of a closed sitting; certificates follow through the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sitting", help="the uid of the sitting")
        parser.add_argument("--json", action="store_true", help="the report as one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        report: dict[str, Any] = {
            "sitting": options["sitting"],
            "released": 0,
            "passed": 0,
            "failed": 0,
            "absent": 0,
            "errors": [],
        }
        try:
            sitting = sitting_of(options["sitting"])
            report["released"] = results.release_results(sitting=sitting, by=OPERATOR, at=clock.now())
            figures = spread(outcomes(sitting))
            report |= {"passed": figures.passed, "failed": figures.failed, "absent": figures.absent}
        except BadFile as error:
            report["errors"].append({"field": error.field, "message": error.message})
        except results.CannotRelease as refused:
            report["errors"].append({"field": "release", "message": release_text(refused.code)})
        finish(self, report, as_json=options["json"])
