"""Rehearse an exam against a running server before the real day."""

import json
import time
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exams.models import Attempt, Sitting
from exams.rehearsal import crowd, verdict
from exams.services import rehearsal
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM

KEYS = ["candidates", "saves_acked", "saves_lost", "submitted", "scores_equal", "p50_ms", "p95_ms", "seconds"]


class Command(BaseCommand):
    help = (
        "Let simulated candidates sit an exam of its own over HTTP: sign in, answer, lose acknowledgements, "
        "resume, hand in. Run it beside the server, with its environment and database. Nothing of it stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", required=True, help="the server, as candidates reach it")
        parser.add_argument("--candidates", type=int, default=30)
        parser.add_argument("--items", type=int, default=20, help="questions on each paper")
        parser.add_argument("--pace", type=float, default=0.3, help="mean seconds between two answers")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, **options: Any) -> None:
        if not 1 <= options["candidates"] <= 5000 or not 1 <= options["items"] <= 200 or options["pace"] < 0:
            self._refuse(options, _("1-5000 candidates, 1-200 items, and a pace of 0 or more."))
        authority = Path(settings.DATA_DIR) / "tls" / "authority.crt"
        problem = crowd.answers(options["url"], authority)
        if problem:
            said = _("Nothing answers at %(url)s: %(problem)s")
            self._refuse(options, said % {"url": options["url"], "problem": problem})
        report, troubles = self._rehearse(options, authority)
        for trouble in troubles[:20]:
            self.stderr.write(trouble)
        self._print(report, as_json=options["json"])
        good = report["saves_lost"] == 0 and report["submitted"] == report["candidates"]
        if not (good and report["scores_equal"]):
            raise SystemExit(1)

    def _refuse(self, options: dict[str, Any], reason: str) -> NoReturn:
        nothing = dict.fromkeys(KEYS, 0) | {"scores_equal": False}
        if options["json"]:
            self._print(nothing, as_json=True)
        raise CommandError(reason, returncode=2)

    def _rehearse(self, options: dict[str, Any], authority: Path) -> tuple[dict[str, Any], list[str]]:
        rehearsal.purge_left_overs(by=SYSTEM, at=clock.now())
        stage = rehearsal.prepare(
            candidates=options["candidates"], items=options["items"], by=SYSTEM, at=clock.now()
        )
        try:
            return self._run(stage, options, authority)
        finally:
            sitting = Sitting.objects.select_related("blueprint__bank", "unit").get(pk=stage.sitting.pk)
            rehearsal.purge(sitting=sitting, by=SYSTEM, at=clock.now())

    def _run(
        self, stage: rehearsal.Stage, options: dict[str, Any], authority: Path
    ) -> tuple[dict[str, Any], list[str]]:
        began = time.perf_counter()
        ledgers = crowd.sit(
            url=options["url"],
            logins=stage.people,
            sitting=str(stage.sitting.uid),
            pace=options["pace"],
            authority=authority,
            done=self._say_done(len(stage.people)),
        )
        seconds = time.perf_counter() - began
        found = Attempt.objects.filter(candidate__sitting=stage.sitting).select_related("candidate__paper")
        result = verdict.compare(ledgers, {str(one.uid): one for one in found})
        times = [ms for ledger in ledgers for ms in ledger.save_ms]
        report = {
            "candidates": len(ledgers),
            "saves_acked": result.saves_acked,
            "saves_lost": result.saves_lost,
            "submitted": result.submitted,
            "scores_equal": result.scores_equal,
            "p50_ms": verdict.percentile(times, 50),
            "p95_ms": verdict.percentile(times, 95),
            "seconds": round(seconds, 1),
        }
        return report, result.troubles

    def _say_done(self, total: int) -> Any:
        def say(count: int) -> None:
            if count == total or count % max(1, total // 10) == 0:
                self.stderr.write(f"{count}/{total}")

        return say

    def _print(self, report: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        for name, value in report.items():
            self.stdout.write(f"{name:<14} {value}")
