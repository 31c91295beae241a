"""manage.py revoke_certificate --uid UID --reason TEXT [--ground GROUND] [--json]"""

import json
import sys
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from certificates.queries.register import by_uid
from certificates.services.issuing import NoReason
from certificates.services.revoking import AlreadyRevoked, revoke
from certificates.state.training import Ground
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Revoke a certificate, at once and for good. Exit 2: nothing was revoked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--uid", required=True)
        parser.add_argument("--reason", required=True, help="for the record; at least five characters")
        parser.add_argument("--ground", default=Ground.OTHER.value, choices=[g.value for g in Ground])
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        said: dict[str, Any] = {"revoked": False, "number": "", "error": ""}
        try:
            certificate = by_uid(uuid.UUID(options["uid"]))
            if certificate is None:
                raise ValueError
            said["number"] = certificate.number
            revoke(
                certificate=certificate,
                ground=Ground(options["ground"]),
                reason=options["reason"],
                by=SYSTEM,
                at=clock.now(),
            )
            said["revoked"] = True
        except (NoReason, AlreadyRevoked) as error:
            said["error"] = str(error)
        except ValueError:
            said["error"] = _("There is no certificate “%(uid)s”.") % {"uid": options["uid"][:50]}
        if said["error"]:
            self.stderr.write(said["error"])
        self.stdout.write(
            json.dumps(said, ensure_ascii=False) if options["json"] else f"{said['number']} {said['revoked']}"
        )
        if not said["revoked"]:
            sys.exit(2)
