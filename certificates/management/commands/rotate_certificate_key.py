"""manage.py rotate_certificate_key --reason TEXT [--compromised] [--kid KID] [--json]"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from certificates.models import SigningKey
from certificates.services.issuing import NoReason, check_reason
from certificates.services.keys import NotRotated, mark_compromised, rotate
from lianbing.kit import clock
from lianbing.kit.refusals import file_reason
from lianbing.people.rules import SYSTEM


class Command(BaseCommand):
    help = "Retire the key that signs certificates and make another. Exit 2: nothing was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="for the record; at least five characters")
        parser.add_argument(
            "--compromised",
            action="store_true",
            help="somebody else may hold the key: what it signed proves nothing any more and is signed again",
        )
        parser.add_argument("--kid", default="", help="with --compromised: a key that retired earlier")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        said: dict[str, Any] = {
            "rotated": False,
            "kid": "",
            "compromised": options["compromised"],
            "error": "",
        }
        try:
            reason = check_reason(options["reason"])
            said["kid"] = self._give_up(options, reason) if options["kid"] else self._rotate(options, reason)
            said["rotated"] = True
        except OSError as error:
            said["error"] = file_reason(error)
        except (NoReason, NotRotated) as error:
            said["error"] = str(error)
        if said["error"]:
            self.stderr.write(said["error"])
        self.stdout.write(json.dumps(said, ensure_ascii=False) if options["json"] else str(said["kid"]))
        if not said["rotated"]:
            sys.exit(2)

    def _rotate(self, options: dict[str, Any], reason: str) -> str:
        compromised = options["compromised"]
        return rotate(by=SYSTEM, at=clock.now(), reason=reason, compromised=compromised).kid

    def _give_up(self, options: dict[str, Any], reason: str) -> str:
        """Only a retired key: the one in use is rotated."""
        key = SigningKey.objects.filter(kid=options["kid"]).first()
        if key is None or not options["compromised"]:
            raise NotRotated(_("Name a retired key, and say --compromised."))
        mark_compromised(key=key, by=SYSTEM, at=clock.now(), reason=reason)
        return key.kid
