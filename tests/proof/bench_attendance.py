"""300 people sign in within sixty seconds, many of them twice: none is lost, none counts twice.

A server of its own on a database of its own; every client is one phone with its own cookies that opens the
address in the QR code, taps, and in one of three cases taps again at once. The door is stormed at random
within `ARRIVE` seconds, far less than the minute allowed.
"""

import json
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

import httpx  # noqa: E402

from courses.training.rules import sign_in_codes  # noqa: E402
from tests.journeys.site import Site  # noqa: E402

PEOPLE, ARRIVE, WITHIN = 300, 20.0, 60
CPU_MS, STATEMENTS = 40, 15
Rows = list[dict[str, Any]]


def row(what: str, measured: float, unit: str, budget: float | None = None) -> dict[str, Any]:
    """One row: within its budget, or for information."""
    ok = budget is None or measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def cpu_of(pid: int) -> float:
    """Processor seconds a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Phone:
    """One person: opens the address in the QR code and taps, perhaps twice at once."""

    def __init__(self, url: str, seed: dict[str, Any], who: dict[str, Any], number: int) -> None:
        self.http = httpx.Client(
            base_url=url, timeout=30, trust_env=False, cookies={"sessionid": who["session"]}
        )
        self.chance = random.Random(number)
        self.seed, self.number = seed, number
        self.told: list[dict[str, Any]] = []
        self.took = 0.0

    def run(self, start: float) -> None:
        """Arrive at a moment of one's own and sign in."""
        time.sleep(max(0.0, start + self.chance.random() * ARRIVE - time.monotonic()))
        began = time.monotonic()
        address = f"/training/sign-in/{self.seed['session']}/"
        session, secret = uuid.UUID(self.seed["session"]), self.seed["secret"]
        code = sign_in_codes.long_code(session, secret, sign_in_codes.slot_of(time.time()))
        page = self.http.get(address, params={"c": code}).text
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        proof = page.split('name="proof" value="')[1].split('"')[0]
        said = {"csrfmiddlewaretoken": token, "proof": proof, "act": "in"}
        taps = 2 if self.number % 3 == 0 else 1
        threads = [threading.Thread(target=self._tap, args=(address, said)) for _ in range(taps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.took = time.monotonic() - began

    def _tap(self, address: str, said: dict[str, str]) -> None:
        answer = self.http.post(address, data=said, headers={"accept": "application/json"})
        self.told.append(answer.json())


def storm(site: Site, seed: dict[str, Any]) -> tuple[list[Phone], float]:
    """Everybody at the door; seconds until the last has an answer."""
    phones = [Phone(site.url, seed, who, number) for number, who in enumerate(seed["people"])]
    start = time.monotonic()
    threads = [threading.Thread(target=phone.run, args=(start,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return phones, time.monotonic() - start


def measure() -> Rows:
    """Every row."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        site.manage("migrate", "--verbosity", "0")
        seed = json.loads(
            site.run("tests/journeys/attendance_seed.py", json.dumps({"people": PEOPLE})).splitlines()[-1]
        )
        counted = json.loads(
            site.run("tests/journeys/attendance_seed.py", '{"statements": true}').splitlines()[-1]
        )
        site.start()
        try:
            return _rows(site, seed, counted["statements"])
        finally:
            site.stop()


def _rows(site: Site, seed: dict[str, Any], statements: int) -> Rows:
    assert site.process is not None
    before = cpu_of(site.process.pid)
    phones, seconds = storm(site, seed)
    spent = cpu_of(site.process.pid) - before
    requests = sum(1 + len(phone.told) for phone in phones)
    firsts = [[one for one in phone.told if one["ok"] and not one["again"]] for phone in phones]
    refused = sum(not one["ok"] for phone in phones for one in phone.told)
    there = site.rows(
        "SELECT count(*) FROM training_rollentry WHERE session_id = ? AND signed_in_at IS NOT NULL",
        seed["pk"],
    )[0][0]
    events = site.rows(
        "SELECT count(*), count(DISTINCT officer_id) FROM training_attendanceevent WHERE session_id = ? AND kind = 'in'",
        seed["pk"],
    )[0]
    waits = sorted(phone.took for phone in phones)
    return [
        row("people who signed in", there, "people"),
        row("lost: told they are in, or tapped, and not on the roll", PEOPLE - there, "people", 0),
        row("twice: events of signing in beyond one a person", events[0] - events[1], "events", 0),
        row("told “signed in” not exactly once", sum(len(one) != 1 for one in firsts), "people", 0),
        row("refused", refused, "taps", 0),
        row("from the first arrival to the last answer", round(seconds, 1), "s", WITHIN),
        row("taps sent, double ones included", requests - len(phones), "taps"),
        row("page and tap, median", round(waits[len(waits) // 2] * 1000), "ms"),
        row("page and tap, 95 of 100", round(waits[int(len(waits) * 0.95)] * 1000), "ms"),
        row("processor time a request (page or tap)", round(spent / requests * 1000, 1), "ms CPU", CPU_MS),
        row("statements of one tap, over the whole stack", statements, "SQL", STATEMENTS),
    ]


def main() -> None:
    """Print the table, then the JSON object."""
    rows = measure()
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(json.dumps({"name": "bench-attendance", "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    main()
