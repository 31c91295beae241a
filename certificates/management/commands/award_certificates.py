"""manage.py award_certificates --sitting UID [--json]"""

import json
import sys
import uuid
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from certificates.services.issuing import NotReleased, award
from exams.models import Sitting
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Issue the certificates that a released sitting still owes. Exit 1: somebody was refused; 2: nothing done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sitting", required=True, metavar="UID")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sitting = Sitting.objects.get(uid=uuid.UUID(options["sitting"]))
            report = award(sitting=sitting, by=SYSTEM, at=clock.now())
        except (ValueError, Sitting.DoesNotExist):
            self._stop(options, _("There is no sitting “%(uid)s”.") % {"uid": options["sitting"][:50]})
        except NotReleased as error:
            self._stop(options, str(error))
        self._print(
            options, {"issued": len(report.issued), "existing": report.existing, "refused": report.refused}
        )
        if report.refused:
            sys.exit(1)

    def _print(self, options: dict[str, Any], said: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        for key, value in said.items():
            self.stdout.write(f"{key}: {value}")

    def _stop(self, options: dict[str, Any], why: str) -> NoReturn:
        self.stderr.write(why)
        self._print(options, {"issued": 0, "existing": 0, "refused": [], "error": why})
        sys.exit(2)
