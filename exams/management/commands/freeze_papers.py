"""Freeze the papers of a sitting."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exams.management.reporting import BadFile, finish, frozen, sitting_of


class Command(BaseCommand):
    help = "Invite today's audience of a sitting and freeze a paper for everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sitting", help="the uid of the sitting")
        parser.add_argument("--json", action="store_true", help="the report as one JSON object on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        report: dict[str, Any] = {
            "sitting": options["sitting"],
            "papers": 0,
            "auxiliaries_left_out": 0,
            "short": [],
            "errors": [],
        }
        try:
            report |= frozen(sitting_of(options["sitting"]), report)
        except BadFile as error:
            report["errors"].append({"field": error.field, "message": error.message})
        finish(self, report, as_json=options["json"])
