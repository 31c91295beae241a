"""manage.py verify_certificate FILE [--keys FILE] [--status FILE]...: whether a file proves a certificate.

Needs no database: the public keys come from --keys or from the data folder. Where a database answers and no
status list is given, it is asked whether the certificate was revoked, unless --offline forbids it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.queries.credentials import is_revoked
from certificates.rendering.credentials import CHECKS, REASONS
from certificates.rules import signing
from certificates.rules.signing import Untrusted
from certificates.rules.verifying import Trust, Verdict, verify
from lianbing.kit import clock
from lianbing.kit.refusals import file_reason

MOST_BYTES = 20 * 1024 * 1024
NOT_READ = {"unreadable", "address_only", "nothing_inside"}


class Command(BaseCommand):
    help = _("Check a signed certificate: a file .jwt, .json or .pdf, or the text of its code.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys", type=Path, help=_("The public keys (JWKS); else those of the data folder.")
        )
        parser.add_argument(
            "--status",
            type=Path,
            action="append",
            default=[],
            help=_("A status list; may be given more than once."),
        )
        parser.add_argument("--offline", action="store_true", help=_("Do not ask the database."))
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = self._verdict(options)
            report, code = _report(verdict), 2 if verdict.reason in NOT_READ else 1
        except CommandError as error:
            if not options["json"]:
                raise
            report, code = {**_report(Verdict(reason="unreadable")), "reason": str(error)}, 2
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)
        if not report["valid"]:
            sys.exit(code)

    def _verdict(self, options: dict[str, Any]) -> Verdict:
        trust = Trust(
            keys=_keys(options["keys"] or Path(settings.CERTIFICATE_KEYS) / "public.json"),
            at=clock.now(),
            zone=timezone.get_default_timezone(),
            lists=tuple(_bytes(path).decode("utf-8", "replace") for path in options["status"]),
            register=None if options["offline"] else _register,
        )
        return verify(_bytes(options["file"]), trust)

    def _tell(self, report: dict[str, Any]) -> None:
        for one in report["checked"]:
            self.stdout.write(f"{'✓' if one['ok'] else '✗'} {CHECKS[one['what']]}")
        for word in ("number", "name", "title", "valid_from", "valid_until", "issuer"):
            if report[word]:
                self.stdout.write(f"  {report[word]}")
        self.stdout.write(_("The certificate is good.") if report["valid"] else report["reason"])
        if report["valid"] and not report["status"]:
            self.stdout.write(_("Whether it was revoked was not looked up."))


def _report(verdict: Verdict) -> dict[str, Any]:
    empty = dict.fromkeys(("number", "name", "title", "valid_from", "valid_until", "issuer"), "")
    return {
        "valid": verdict.valid,
        "reason": str(REASONS[verdict.reason]) if verdict.reason else "",
        "code": verdict.reason,
        "kind": verdict.kind,
        **empty,
        **verdict.said,
        "kid": verdict.kid,
        "status": verdict.status,
        "status_as_of": verdict.status_as_of,
        "checked": [{"what": what, "ok": ok} for what, ok in verdict.checked],
    }


def _bytes(path: Path) -> bytes:
    """Raises CommandError (exit 2) where a file cannot be opened or is too large to be a certificate."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(_("%(file)s is too large.") % {"file": path.name}, returncode=2)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path.name}: {file_reason(error)}", returncode=2) from error


def _keys(path: Path) -> dict[str, dict[str, str]]:
    try:
        return signing.key_set(signing.loads(_bytes(path)))
    except Untrusted as error:
        raise CommandError(f"{path.name}: {REASONS['bad_key']}", returncode=2) from error


def _register(number: str) -> bool | None:
    """What this site's own register says, None where there is none. A missing database file is not made."""
    name = Path(connections["default"].settings_dict["NAME"])
    if connections["default"].vendor == "sqlite" and name.is_absolute() and not name.exists():
        return None
    try:
        return is_revoked(number)
    except DatabaseError:
        return None
