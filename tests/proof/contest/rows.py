"""The proof on contests: which rows there are, how they are run, and what all of them ask of the ledger at the end.

One database, made once; every row has a match of its own in it. What is stored is read and folded anew by one
process after everything has been played.
"""

import asyncio
import contextlib
import json
import os
import time
import traceback
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.journeys.site import Site
from tests.proof.contest import faults
from tests.proof.contest.play import Match
from tests.proof.contest.row import Rows, row

TOGETHER = {"P4": faults.P4, "F12": faults.F12, "F13": faults.F13}
ALONE = {"restart": faults.Restart, "F5": faults.F5}


def against_the_ledger(name: str, match: Match, stored: dict[str, Any]) -> Rows:
    """What every row asks at its end: nothing acknowledged is missing or doubled, and the score is the right one."""
    teams, crowd = match.expected()
    kept = {(turn, party): response for turn, party, response in stored["answers"]}
    acked = {(one["turn"], one["party"]): one["response"] for one in match.ledger.lines("answer")}
    lost = [key for key, response in acked.items() if kept.get(key) != response]
    presses = {tuple(one) for one in stored["presses"]}
    lost += [
        key for one in match.ledger.lines("press") if (key := (one["turn"], one["party"])) not in presses
    ]
    scores = {seat: Decimal(points) for seat, points in stored["scores"].items()}
    points = {party: Decimal(stored["crowd"].get(party, 0)) for party in crowd}
    wrong = sum(scores[seat] != teams[seat] for seat in teams) + sum(
        points[one] != crowd[one] for one in crowd
    )
    shown = {str(one["seat"]): Decimal(one["points"]) for one in match.host.view["scores"]}
    return [
        row(f"{name} acknowledged answers and presses that are not stored", len(lost), "rows"),
        row(f"{name} answers stored twice", len(stored["answers"]) - len(kept), "rows"),
        row(f"{name} scores folded anew that are not the ledger's", wrong, "scores"),
        row(
            f"{name} scores shown that are not those stored",
            sum(scores[s] != shown.get(s) for s in scores),
            "scores",
        ),
        row(f"{name} gaps in the numbers of the events", int(not stored["gapless"]), "gaps"),
    ]


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A running site with this folder."""
    site = Site(folder)
    try:
        yield site.start()
    finally:
        site.stop()


def tried(name: str, proof: Any) -> Rows:
    """The rows of one proof; one that breaks is false and says why."""
    begun = time.monotonic()
    try:
        rows: Rows = asyncio.run(proof.run())
    except Exception as error:
        traceback.print_exc(limit=-6)
        why = f"{type(error).__name__}: {error}"[:300]
        return [row(f"{name} could not be carried through", why, "", None, ok=False)]
    return [*rows, row(f"{name} took", round(time.monotonic() - begun, 1), "s", None)]


def prepared(folder: Path, names: list[str], quick: bool) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The database with a match for every row: what was wanted and what was made."""
    site, every = Site(folder), TOGETHER | ALONE
    if quick:
        site.run("tests/proof/contest/database.py")
    else:
        site.manage("migrate", "--verbosity", "0")
    wanted = [every[name].wanted(quick) for name in names]
    made = json.loads(site.run("tests/proof/contest/stage.py", json.dumps(wanted)).splitlines()[-1])
    return dict(zip(names, zip(made, wanted, strict=True), strict=True))


def run(folder: Path, quick: bool) -> Rows:
    """Every row, or those named in the environment as PROOF. `folder` is empty."""
    only = os.environ.get("PROOF", "").split()
    names = [name for name in TOGETHER | ALONE if not only or name in only]
    staged = prepared(folder, names, quick)
    found: dict[str, Rows] = {}
    proofs: dict[str, Any] = {}
    with served(folder) as site:
        for name in names:
            if name in TOGETHER:
                proofs[name] = TOGETHER[name]([site], *staged[name], quick)
                found[name] = tried(name, proofs[name])
    for name in names:
        if name in ALONE:
            proofs[name] = ALONE[name](folder, *staged[name], quick)
            found[name] = tried(name, proofs[name])
    uids = [proofs[name].match.uid for name in names]
    stored = json.loads(Site(folder).run("tests/proof/contest/verdict.py", *uids))
    for name in names:
        if all(one["ok"] for one in found[name]):
            found[name] += proofs[name].judged(stored[proofs[name].match.uid])
    return [one for rows in found.values() for one in rows]
