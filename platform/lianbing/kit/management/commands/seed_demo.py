"""Fill an empty database with the demo bureau, or move the demo's dates to today."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lianbing.kit import clock, demo


class Command(BaseCommand):
    help = "Fill an empty database with the demo bureau, or move the demo's dates to today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="say nothing where there is data of one's own"
        )
        parser.add_argument("--refresh", action="store_true", help="move the demo's dates to today")

    def handle(self, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(_("The demo is not for production."), returncode=2)
        if options["refresh"]:
            self._refresh()
        elif demo.seeded():
            self._print_logins()
        elif demo.is_empty():
            self.stderr.write("Making the demo bureau ...")
            demo.run(demo.Story(today=clock.today(), now=clock.now()))
            self._print_logins()
        elif not options["if_empty"]:
            raise CommandError(_("The demo needs an empty database; this one has accounts."), returncode=2)

    def _refresh(self) -> None:
        try:
            days = demo.refresh(at=clock.now())
        except demo.DemoRefused as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"The demo's dates have moved by {days} days.")

    def _print_logins(self) -> None:
        for login in demo.read_logins():
            self.stdout.write(
                f"{login['role']:<24}{login['username']:<12}{login['password']:<16}{login['name']}"
            )
