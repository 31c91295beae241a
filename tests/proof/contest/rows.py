"""The proof on contests: which rows there are and how they are run.

One database, made once; every row has a match of its own in it. What is stored is read and folded anew by one
process after everything has been played.
"""

import asyncio
import contextlib
import json
import os
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.journeys.site import Site
from tests.proof.contest import faults, outages
from tests.proof.contest.oracle import against_the_ledger
from tests.proof.contest.row import Rows, row

ON_ONE_SITE = {"P4": faults.P4, "F12": faults.F12, "F13": faults.F13, "restart": outages.Restart}
ALONE = {"F5": outages.F5}
KILLS_THE_SITE = {"restart"}


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
    except Exception as error:  # a proof that breaks is a row that is false, and the others still run
        traceback.print_exc(limit=-6)
        print(proof.match.sites[0].log(), file=sys.stderr)
        why = f"{type(error).__name__}: {error}"[:300]
        return [row(f"{name} could not be carried through", why, "", None, ok=False)]
    return [*rows, row(f"{name} took", round(time.monotonic() - begun, 1), "s", None)]


def prepared(folder: Path, names: list[str], quick: bool) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The database with a match for every row: what was wanted and what was made."""
    site, every = Site(folder), ON_ONE_SITE | ALONE
    if quick:
        site.run("tests/proof/contest/database.py")
    else:
        site.manage("migrate", "--verbosity", "0")
    wanted = [every[name].wanted(quick) for name in names]
    made = json.loads(site.run("tests/proof/contest/stage.py", json.dumps(wanted)).splitlines()[-1])
    return dict(zip(names, zip(made, wanted, strict=True), strict=True))


def played(proofs: dict[str, Any], quick: bool) -> dict[str, Rows]:
    """The rows of these proofs on a running site, one after the other.

    In the quick proof, which judges no times, those that leave the server alone are played at once.
    """

    def one(name: str) -> tuple[str, Rows]:
        return name, tried(name, proofs[name])

    together = [name for name in proofs if quick and name not in KILLS_THE_SITE]
    with ThreadPoolExecutor(max_workers=len(proofs)) as threads:
        found = dict(threads.map(one, together))
    return found | dict(one(name) for name in proofs if name not in together)


def run(folder: Path, quick: bool) -> Rows:
    """Every row, or those named in the environment as PROOF. `folder` is empty."""
    only = os.environ.get("PROOF", "").split()
    names = [name for name in ON_ONE_SITE | ALONE if not only or name in only]
    staged = prepared(folder, names, quick)
    found: dict[str, Rows] = {}
    proofs: dict[str, Any] = {}
    if shared := [name for name in names if name in ON_ONE_SITE]:
        with served(folder) as site:
            proofs = {name: ON_ONE_SITE[name]([site], *staged[name], quick) for name in shared}
            found = played(proofs, quick)
    for name in names:
        if name in ALONE:
            proofs[name] = ALONE[name](folder, *staged[name], quick)
            found[name] = tried(name, proofs[name])
    uids = [proofs[name].match.uid for name in names]
    stored = json.loads(Site(folder).run("tests/proof/contest/verdict.py", *uids))
    for name in names:
        if all(isinstance(one["measured"], int | float) for one in found[name]):  # it was carried through
            match = proofs[name].match
            found[name] += against_the_ledger(name, match, stored[match.uid])
    return [one for rows in found.values() for one in rows]
