"""What the road costs: processor time, statements and bytes, as ratios to the floor of the same run.

The floor is one 10-row upsert by a bare callable behind the same server (see `road_server.py`). Floor
and work are measured in turns, round by round, so that a slow spell of the machine hits both. Prints a
table and, as the last line, one JSON object. SQLite only: on PostgreSQL the database's own processes
would have to be counted too.
"""

import http.client
import json
import os
import re
import sqlite3
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from tests.journeys.site import Site  # noqa: E402

ROUNDS, PEOPLE, ITEMS, BATCH, HANDS = 3, 24, 50, 10, 4
SAVES = ITEMS // BATCH
DATA = re.compile(rb'<script id="attempt-data" type="application/json">(.*?)</script>', re.DOTALL)
own = threading.local()


class BenchSite(Site):
    """A site whose server also answers the floor."""

    command = ("tests/proof/road_server.py",)


def call(
    port: int, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> tuple[Any, bytes]:
    """One request on this thread's own connection."""
    if getattr(own, "port", None) != port:
        own.port, own.line = port, http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    text = None if body is None else json.dumps(body, separators=(",", ":"))
    own.line.request(method, path, text, {"Content-Type": "application/json", **(headers or {})})
    reply = own.line.getresponse()
    return reply, reply.read()


def expect(status: int, reply: Any, body: bytes) -> bytes:
    """The body of a reply that has this status."""
    if reply.status != status:
        raise SystemExit(f"{reply.status} instead of {status}: {body[:300]!r}")
    return body


class Person:
    """A signed-in candidate of the bench (signing in is not measured)."""

    def __init__(self, port: int, sitting: str, session: str) -> None:
        self.port, self.sitting, self.csrf = port, sitting, "b" * 32
        self.cookies = {"Cookie": f"sessionid={session}; csrftoken={self.csrf}", "X-CSRFToken": self.csrf}
        self.answers: dict[str, list[str]] = {}
        self.sizes: dict[str, int] = {}

    def start(self) -> None:
        """Start the attempt and load its first page."""
        reply, body = call(self.port, "POST", f"/exams/sittings/{self.sitting}/start", headers=self.cookies)
        expect(302, reply, body)
        page = expect(200, *call(self.port, "GET", reply.headers["location"], headers=self.cookies))
        self.sizes["page"] = len(page)
        self.data = json.loads(DATA.search(page)[1])

    def take_pen(self) -> None:
        """The lease (part of opening the page, not of a save)."""
        self.client = str(uuid.uuid4())
        body = {"client_id": self.client, "device_id": str(uuid.uuid4())}
        told = json.loads(
            expect(200, *call(self.port, "POST", self.data["urls"]["lease"], body, self.cookies))
        )
        self.lease, self.ticket = told["lease"], {"X-Attempt-Ticket": told["ticket"]}

    def batch(self, number: int) -> dict[str, Any]:
        """The events of one save: ten answers."""
        events = []
        for place in range(number * BATCH, (number + 1) * BATCH):
            item = self.data["items"][place]
            count = 2 if item["kind"] == "multiple_choice" else 1
            value = sorted(option["id"] for option in item["options"][:count])
            self.answers[str(item["position"])] = value
            events.append({"seq": place + 1, "item": item["position"], "value": value, "mono_ms": place})
        return {"lease": self.lease, "client_id": self.client, "events": events}

    def save(self, number: int) -> None:
        """One acknowledged save of ten answers."""
        body = expect(
            200, *call(self.port, "POST", self.data["urls"]["events"], self.batch(number), self.ticket)
        )
        self.sizes["save"] = len(body)
        if json.loads(body)["acked_through"] != (number + 1) * BATCH:
            raise SystemExit(f"not acknowledged: {body!r}")

    def floor(self, number: int) -> None:
        """The same ten answers at the floor."""
        expect(200, *call(self.port, "POST", "/__floor", {"attempt": 1, **self.batch(number)}))

    def submit_body(self) -> dict[str, Any]:
        """What handing in sends."""
        from exams.rehearsal.candidate import fingerprint

        return {
            "lease": self.lease,
            "client_id": self.client,
            "final_seq": ITEMS,
            "answers_sha256": fingerprint(self.answers),
        }

    def submit(self) -> None:
        """Hand in: the server marks fifty questions."""
        body = expect(
            200, *call(self.port, "POST", self.data["urls"]["submit"], self.submit_body(), self.ticket)
        )
        self.sizes["submit"] = len(body)


class Meter:
    """Processor milliseconds of the server per piece of work."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pool = ThreadPoolExecutor(HANDS)

    def cpu(self) -> float:
        """Milliseconds used so far."""
        return json.loads(call(self.port, "GET", "/__cpu")[1])["cpu_ns"] / 1e6

    def each(self, work: Callable[[Any], None], over: Iterable[Any]) -> float:
        """Do `work` for each of `over`, four at a time; the mean cost of one."""
        jobs = list(over)
        before = self.cpu()
        list(self.pool.map(work, jobs))
        return (self.cpu() - before) / len(jobs)


def measure(people: list[Person], port: int) -> dict[str, list[float]]:
    """All rounds: the whole life of an attempt for a third of the people, with the floor in between."""
    meter = Meter(port)
    cost: dict[str, list[float]] = {"floor": [], "save": [], "start": [], "submit": []}
    for round_ in range(ROUNDS + 1):
        some = people[round_ * PEOPLE : (round_ + 1) * PEOPLE]
        pairs = [(person, number) for number in range(SAVES) for person in some]
        start = meter.each(Person.start, some)
        list(meter.pool.map(Person.take_pen, some))
        floor = meter.each(lambda pair: pair[0].floor(pair[1]), pairs)
        save = meter.each(lambda pair: pair[0].save(pair[1]), pairs)
        submit = meter.each(Person.submit, some)
        if round_:  # the first round warms everything up
            for name, value in (("floor", floor), ("save", save), ("start", start), ("submit", submit)):
                cost[name].append(value)
    return cost


def stage(port: int) -> tuple[Any, list[Person]]:
    """The exam with its papers, and everybody signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction

    from exams.services import rehearsal
    from lianbing.kit import clock
    from lianbing.people.models import User
    from lianbing.people.rules import SYSTEM

    made = rehearsal.prepare(candidates=PEOPLE * (ROUNDS + 1) + 1, items=ITEMS, by=SYSTEM, at=clock.now())
    people = []
    with transaction.atomic():
        for user in User.objects.filter(is_rehearsal=True).order_by("pk"):
            store = SessionStore()
            store[SESSION_KEY] = str(user.pk)
            store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            store[HASH_SESSION_KEY] = user.get_session_auth_hash()
            store.save()
            people.append(Person(port, str(made.sitting.uid), store.session_key))
    return made, people


def count_statements(person: Person) -> dict[str, int]:
    """SQL statements of each piece of work, BEGIN and COMMIT left out, for one person in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies["sessionid"] = re.search("sessionid=([^;]+)", person.cookies["Cookie"])[1]
    counts: dict[str, int] = {}

    def counted(name: str, work: Callable[[], Any]) -> Any:
        with CaptureQueriesContext(connection) as seen:
            result = work()
        control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        counts[name] = sum(not query["sql"].startswith(control) for query in seen.captured_queries)
        return result

    def post(url: str, body: Any, **headers: str) -> Any:
        return client.post(url, json.dumps(body), content_type="application/json", headers=headers)

    def start() -> Any:
        return client.get(client.post(f"/exams/sittings/{person.sitting}/start").headers["location"])

    page = counted("start", start)
    person.data = json.loads(DATA.search(page.content)[1])
    person.client = "00000000-0000-4000-8000-000000000001"
    lease = {"client_id": person.client, "device_id": "00000000-0000-4000-8000-000000000002"}
    told = counted("lease", lambda: post(person.data["urls"]["lease"], lease)).json()
    person.lease = told["lease"]
    ticket = {"X-Attempt-Ticket": told["ticket"]}
    for number in range(SAVES):
        body = person.batch(number)
        counted("save", lambda body=body: post(person.data["urls"]["events"], body, **ticket))
    done = counted("submit", lambda: post(person.data["urls"]["submit"], person.submit_body(), **ticket))
    if done.status_code != 200:
        raise SystemExit(f"the counted attempt could not be handed in: {done.content[:300]!r}")
    return counts


def stored_bytes(path: Path) -> int:
    """Bytes in use in the database file."""
    with sqlite3.connect(path) as base:
        pages, free, size = (
            base.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size


def rows_of(
    cost: dict[str, list[float]], sql: dict[str, int], sizes: dict[str, int], stored: float
) -> list[dict[str, Any]]:
    """The rows of the report."""
    rows: list[dict[str, Any]] = []

    def row(what: str, measured: float, unit: str) -> None:
        rows.append({"what": what, "measured": measured, "budget": None, "unit": unit, "ok": True})

    names = {
        "save": "acknowledged save of 10 answers",
        "start": "start + first page (50 questions)",
        "submit": "submit + mark 50 questions",
    }
    row("the floor: bare callable + one 10-row upsert", round(median(cost["floor"]), 3), "ms CPU")
    for key, what in names.items():
        ratios = [value / floor for value, floor in zip(cost[key], cost["floor"], strict=True)]
        row(what, round(median(cost[key]), 3), "ms CPU")
        row(f"{what}, ratio", round(median(ratios), 2), "x floor")
        row(f"{what}, statements", sql[key], "SQL")
        row(f"{what}, reply", sizes["page" if key == "start" else key], "bytes")
    whole = [s + SAVES * v + t for s, v, t in zip(cost["start"], cost["save"], cost["submit"], strict=True)]
    row("whole attempt of 50 questions as 5 saves of 10", round(median(whole), 2), "ms CPU")
    row(
        "whole attempt of 50 questions, statements",
        sql["start"] + sql["lease"] + SAVES * sql["save"] + sql["submit"],
        "SQL",
    )
    row("stored per attempt of 50 questions, with indexes", round(stored / 1000, 2), "kB")
    return rows


def run(folder: Path) -> list[dict[str, Any]]:
    """Set up, measure, count."""
    os.environ |= {"LIANBING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lianbing.settings"}
    os.environ.pop("DATABASE_URL", None)
    site = BenchSite(folder)
    site.manage("migrate", "--verbosity", "0")
    import django

    django.setup()
    _, people = stage(site.port)
    site.start()
    try:
        before = stored_bytes(folder / "lianbing.sqlite3")
        cost = measure(people[:-1], site.port)
        grown = stored_bytes(folder / "lianbing.sqlite3") - before
    finally:
        site.stop()
    return rows_of(cost, count_statements(people[-1]), people[0].sizes, grown / len(people[:-1]))


def main() -> None:
    """Print the table, then the JSON object."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        rows = run(Path(folder))
    for one in rows:
        print(f"{one['what']:<60} {one['measured']:>10} {one['unit']}")
    print(f"in {time.perf_counter() - began:.0f} s")
    print(json.dumps({"name": "bench-road", "rows": rows}))


if __name__ == "__main__":
    main()
