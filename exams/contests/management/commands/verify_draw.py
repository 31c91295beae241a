"""manage.py verify_draw FILE: do a published draw again, from its file alone. Needs no database."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exams.contests.rendering.quiz import CHECKS
from exams.contests.rules import lottery
from exams.contests.rules.lottery import Verdict
from lianbing.kit.refusals import file_reason

# What can be checked, by the file's own `kind`: a new kind of draw adds its check here.
KINDS: Mapping[str, Callable[[Mapping[str, Any], str], Verdict]] = {lottery.KIND: lottery.check}
MOST_BYTES = 200 * 1024 * 1024


class Command(BaseCommand):
    help = _("Do a published draw again from its file: seed, list, order, winners.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--commitment", default="", help=_("The hash of the seed that you noted before the draw.")
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        told = self._told(options["file"])
        verdict = self._verdict(told, options["commitment"])
        report = {
            "valid": verdict.valid,
            "reason": self._reason(verdict),
            "kind": told.get("kind", ""),
            "title": told.get("title", ""),
            "checked": [{"what": one.what, "ok": one.ok} for one in verdict.checked],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report, verdict)
        if not verdict.valid:
            sys.exit(2 if verdict.reason in {"unreadable", "unknown_kind"} else 1)

    def _told(self, path: Path) -> dict[str, Any]:
        """The file's object; {} for anything that is none. Raises CommandError where it cannot be opened."""
        try:
            if path.stat().st_size > MOST_BYTES:
                return {}
            told = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(file_reason(error), returncode=2) from error
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    def _verdict(self, told: dict[str, Any], commitment: str) -> Verdict:
        if not told:
            return Verdict(False, "unreadable", [lottery.Check("readable", False)])
        kind = told.get("kind")
        check = KINDS.get(kind) if isinstance(kind, str) else None
        if check is None:
            return Verdict(False, "unknown_kind", [])
        return check(told, commitment)

    def _reason(self, verdict: Verdict) -> str:
        if verdict.valid:
            return ""
        texts = {
            "unreadable": _("This is not the file of a draw."),
            "unknown_kind": _("This file says of no draw that this program knows."),
        }
        what = CHECKS.get(verdict.reason, verdict.reason)
        return texts.get(verdict.reason) or _("Not so: %(what)s.") % {"what": what}

    def _tell(self, report: Mapping[str, Any], verdict: Verdict) -> None:
        for one in verdict.checked:
            self.stdout.write(f"{'✓' if one.ok else '✗'} {CHECKS.get(one.what, one.what)}")
        self.stdout.write(_("The draw is valid.") if verdict.valid else report["reason"])
