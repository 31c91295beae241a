"""How fast a question reaches every pad, what an answer costs, and how soon the order of a buzzer stands.

A real match on a real server over the loopback, with 100, 1,000 and 5,000 pads of the audience and four teams. The
floor is `websockets`' own broadcast of a text of the same size to as many clients (`bare_broadcast.py`), measured
in turns with the match, so that a slow spell of the machine hits both. SQLite, in-process. Prints a table and, as
the last line, one JSON object. Arguments: the numbers of pads.
"""

import asyncio
import contextlib
import http.client
import json
import os
import random
import selectors
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from tests.journeys.site import Site  # noqa: E402
from tests.proof.wires import Wire, connect, percentile, raise_the_limit  # noqa: E402

# At 100 the way from the commit to the first byte outweighs everything, so that a ratio says nothing there.
SIZES = {100: None, 1000: 1.5, 5000: 2.0}
ROUNDS, BUZZES, TIMES, TEAMS = 9, 5, 3, 4
ANSWERS, WITHIN_SECONDS, ANSWER_MS = 1000, 5.0, 0.5
BOOK = {
    "name": "bench",
    "base_score": "0",
    "on_stage": 3,
    "most_substitutions": 0,
    "floor": None,
    "qualify": 0,
    "fouls": [],
    "rounds": [
        {
            "kind": "audience",
            "title": "全员答题",
            "items": ROUNDS + TIMES + 1,
            "settings": {"points": "500", "speed_points": "500", "seconds": 60},
        },
        {
            "kind": "buzzer",
            "title": "抢答题",
            "items": BUZZES + 1,
            "settings": {"seconds": 60, "start_seconds": 0},
        },
    ],
    "tie_break": None,
}
Rows = list[dict[str, Any]]


class BenchSite(Site):
    """A site whose server also tells what it used."""

    command = ("tests/proof/contest_server.py",)


def row(
    what: str, measured: Any, unit: str, budget: float | None = None, at_least: bool = False
) -> dict[str, Any]:
    """A row of the report; `at_least` = the budget is what must be reached."""
    ok = budget is None or (measured >= budget if at_least else measured <= budget)
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


@contextlib.contextmanager
def bare_server() -> Iterator[int]:
    """The floor's server; gives its port."""
    command = [sys.executable, str(ROOT / "tests/proof/bare_broadcast.py")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        waiting = selectors.DefaultSelector()
        waiting.register(process.stdout, selectors.EVENT_READ)
        if not waiting.select(20):
            raise OSError("the bare server did not get ready")
        yield int(process.stdout.readline().split(":")[1])
    finally:
        process.terminate()
        process.wait()


class Stage:
    """The match in the database, its tickets, and the host's way in."""

    def __init__(self, pads: int, port: int) -> None:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore
        from django.db import transaction

        from exams.contests.services import tickets
        from tests.factories import contests, exams

        with transaction.atomic():
            contest = contests.contest(rulebook=BOOK, title="bench")
            items = [(0, exams.question()) for _ in range(ROUNDS + TIMES + 1)]
            items += [(1, exams.question()) for _ in range(BUZZES + 1)]
            self.match = contests.match(contest, teams=TEAMS, items=items)
            host = contests.staff(contest, "host", "judge")
            teams = [entry.team for entry in self.match.entries.select_related("team")]
            seats = [contests.seat(self.match, team=team) for team in teams]
            seats += contests.audience(self.match, pads)
            self.tickets = [tickets.issue(seat) for seat in seats]
            store = SessionStore()
            store[SESSION_KEY] = str(host.pk)
            store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            store[HASH_SESSION_KEY] = host.get_session_auth_hash()
            store.save()
        self.port, self.uid, self.seq = port, self.match.uid, 0
        self.cookies = {
            "Cookie": f"sessionid={store.session_key}; csrftoken={'b' * 32}",
            "X-CSRFToken": "b" * 32,
            "Content-Type": "application/json",
        }
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def path(self, number: int) -> str:
        """Where the pad of this number goes."""
        return f"/ws/contests/{self.uid}/?ticket={self.tickets[number]}"

    def ask(self, path: str) -> Any:
        """Something the bench's server tells."""
        self.line.request("GET", path)
        return json.loads(self.line.getresponse().read())

    def cpu_ms(self) -> float:
        """Processor milliseconds of the server so far."""
        return self.ask("/__cpu")["cpu_ns"] / 1e6

    def move(self, kind: str, **data: Any) -> int:
        """A move of the host; gives its number. Raises SystemExit when it is refused."""
        body = json.dumps({"kind": kind, "data": data, "reason": "", "seen": None})
        self.line.request("POST", f"/contests/matches/{self.uid}/move", body, self.cookies)
        reply = self.line.getresponse()
        text = reply.read()
        if reply.status != 200:
            raise SystemExit(f"{kind}: {reply.status} {text[:300]!r}")
        self.seq = json.loads(text)["seq"]
        return self.seq


class Hall:
    """All pads of the match in this process, and what they have heard."""

    def __init__(self) -> None:
        self.news: dict[int, list[int]] = {}
        self.acks: dict[str, int] = {}
        self.refused: list[str] = []
        self.orders: list[int] = []
        self.bytes = 0
        self.wanted: tuple[int, int, asyncio.Event] = (0, 0, asyncio.Event())

    def heard(self, wire: Wire, body: bytes, at: int) -> None:
        """A message of the server."""
        if body.startswith(b'{"t":"news"'):
            seq = int(body[18 : body.index(b",", 18)])
            self.news.setdefault(seq, []).append(at)
            self.bytes = len(body)
            if b'"winner":' in body and b'"winner":null' not in body:
                self.orders.append(at)
            self._check(seq)
        elif body.startswith(b'{"t":"ping"'):
            nonce = json.loads(body)["n"]
            wire.say(t="pong", n=nonce)
        elif body.startswith(b'{"t":"ack"'):
            self.acks[json.loads(body)["id"]] = at
        elif body.startswith(b'{"t":"no"'):
            self.refused.append(body.decode())
        elif body.startswith(b'{"t":"hello"') and not wire.hello.done():
            wire.hello.set_result(at)

    def _check(self, seq: int) -> None:
        wanted, count, event = self.wanted
        if seq >= wanted and len(self.news[seq]) >= count:
            event.set()

    async def told(self, seq: int, count: int) -> list[int]:
        """The moments at which `count` pads heard of this event. Raises TimeoutError."""
        event = asyncio.Event()
        self.wanted = (seq, count, event)
        if len(self.news.get(seq, ())) < count:
            async with asyncio.timeout(30):
                await event.wait()
        return self.news[seq]


class Floor:
    """The clients of the bare broadcast."""

    def __init__(self) -> None:
        self.times: list[int] = []
        self.began = 0
        self.count = 0
        self.done = asyncio.Event()

    def heard(self, wire: Wire, body: bytes, at: int) -> None:
        """A text of the bare server."""
        del wire
        if body.endswith(b"x"):
            self.times.append(at)
        else:
            self.began = int(body.split()[0])
        if len(self.times) >= self.count and self.began:
            self.done.set()

    async def go(self, control: Wire, size: int, count: int) -> list[float]:
        """One broadcast of `size` bytes: milliseconds until each client had it."""
        self.times, self.began, self.count = [], 0, count
        self.done.clear()
        from tests.proof.wires import framed

        control.transport.write(framed(str(size)))
        async with asyncio.timeout(30):
            await self.done.wait()
        return [(at - self.began) / 1e6 for at in self.times]


async def shown(stage: Stage, hall: Hall, floor: Floor, control: Wire, count: int) -> dict[str, list[Any]]:
    """Questions shown in turns with the bare broadcast: percentiles and ratios of each round."""
    rounds: dict[str, list[Any]] = {"p50": [], "p99": [], "bare": [], "ratio": [], "click": []}
    everybody = count + TEAMS
    for number in range(ROUNDS + 1):
        clicked = time.monotonic_ns()
        seq = await asyncio.to_thread(stage.move, "turn_opened")
        times = await hall.told(seq, everybody)
        moved = stage.ask("/__announced")[str(seq)]
        ours = [(at - moved) / 1e6 for at in times]
        size = hall.bytes
        for kind in ("opened", "closed", "turn_closed"):
            seq = await asyncio.to_thread(stage.move, kind)
            await hall.told(seq, everybody)
        await asyncio.sleep(0.2 + count / 5000)
        bare = await floor.go(control, size, everybody)
        if not number:
            continue  # the first round warms everything up
        p99, base = percentile(ours, 0.99), percentile(bare, 0.99)
        rounds["p50"].append(percentile(ours, 0.5))
        rounds["p99"].append(p99)
        rounds["bare"].append(base)
        rounds["ratio"].append(p99 / base)
        rounds["click"].append((max(times) - clicked) / 1e6)
    return rounds


async def answered(stage: Stage, hall: Hall, wires: list[Wire], count: int) -> Rows:
    """So many answers within five seconds, a few times: stored, acknowledged, and what one costs."""
    some = wires[TEAMS:][: min(ANSWERS, count)]
    costs, stored, late = [], [], []
    for number in range(TIMES):
        if number:
            for kind in (*(["closed"] if count > ANSWERS else []), "turn_closed"):
                await asyncio.to_thread(stage.move, kind)
        turn = await asyncio.to_thread(stage.move, "turn_opened")
        seq = await asyncio.to_thread(stage.move, "opened")
        await hall.told(seq, count + TEAMS)
        await asyncio.sleep(1)
        idle = stage.cpu_ms()
        await asyncio.sleep(WITHIN_SECONDS)
        before = stage.cpu_ms()
        late += await _answer_all(hall, some, turn, seq)
        costs.append((stage.cpu_ms() - before - (before - idle)) / len(some))
        stored.append(await asyncio.to_thread(_stored, stage, turn))
    budget = ANSWER_MS if len(some) == ANSWERS else None
    return [
        row(
            f"{count} pads: answers stored of {len(some)} in 5 s",
            min(stored),
            "answers",
            len(some),
            at_least=True,
        ),
        row(f"{count} pads: server CPU an answer", round(median(costs), 3), "ms CPU", budget),
        row(f"{count} pads: answer acknowledged, p95", round(percentile(late, 0.95), 1), "ms"),
    ]


def _stored(stage: Stage, turn: int) -> int:
    from exams.contests.models import PadAnswer

    return PadAnswer.objects.filter(match=stage.match, turn=turn).count()


async def _answer_all(hall: Hall, some: list[Wire], turn: int, opened: int) -> list[float]:
    """Everybody of these answers once; milliseconds until each was acknowledged."""
    sent: dict[str, int] = {}
    hall.acks.clear()

    async def one(wire: Wire) -> None:
        await asyncio.sleep(random.uniform(0, WITHIN_SECONDS))
        asked = str(uuid.uuid4())
        sent[asked] = time.monotonic_ns()
        wire.say(t="act", id=asked, what="answer", turn=turn, opened=opened, response=["a1"])

    await asyncio.gather(*(one(wire) for wire in some))
    async with asyncio.timeout(20):
        while len(hall.acks) < len(some) and not hall.refused:
            await asyncio.sleep(0.02)
    return [(hall.acks[asked] - at) / 1e6 for asked, at in sent.items() if asked in hall.acks]


async def buzzed(stage: Stage, hall: Hall, wires: list[Wire], count: int) -> float:
    """From the first press of a turn until the order stands on every pad: median of some turns, milliseconds."""
    everybody_answered = ["closed"] if count > ANSWERS else []  # else the room has closed the turn by itself
    for kind in (*everybody_answered, "turn_closed", "round_closed"):
        await asyncio.to_thread(stage.move, kind)
    await asyncio.to_thread(stage.move, "round_opened", round=1)
    times = []
    for _ in range(BUZZES):
        turn = await asyncio.to_thread(stage.move, "turn_opened")
        opened = await asyncio.to_thread(stage.move, "opened")
        await hall.told(opened, count + TEAMS)
        hall.orders.clear()
        first = time.monotonic_ns()
        for wire in wires[:TEAMS]:
            wire.say(t="act", id=str(uuid.uuid4()), what="press", turn=turn, opened=opened)
            await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            while len(hall.orders) < count + TEAMS:
                await asyncio.sleep(0.005)
        times.append((max(hall.orders) - first) / 1e6)
        await asyncio.to_thread(stage.move, "ruled", verdict="right")
        await asyncio.to_thread(stage.move, "turn_closed")
    return median(times)


async def measure(count: int, port: int, bare_port: int) -> Rows:
    """Everything at one number of pads."""
    stage = await asyncio.to_thread(Stage, count, port)
    hall, floor = Hall(), Floor()
    wires = await connect(count + TEAMS, stage.path, port, hall.heard)
    async with asyncio.timeout(60):
        await asyncio.gather(*(wire.hello for wire in wires))
    bare = await connect(count + TEAMS, lambda _n: "/", bare_port, floor.heard)
    [control] = await connect(1, lambda _n: "/", bare_port, floor.heard)
    for kind in ("started",):
        await asyncio.to_thread(stage.move, kind)
    await asyncio.to_thread(stage.move, "round_opened", round=0)
    await asyncio.sleep(1 + count / 1000)
    times = await shown(stage, hall, floor, control, count)
    rows = [
        row(f"{count} pads: question shown -> received, p50", round(median(times["p50"]), 1), "ms"),
        row(f"{count} pads: the same, p99", round(median(times["p99"]), 1), "ms"),
        row(f"{count} pads: bare websockets broadcast, p99", round(median(times["bare"]), 1), "ms"),
        row(
            f"{count} pads: p99 as a ratio to it",
            round(median(times["ratio"]), 2),
            "x bare",
            SIZES.get(count),
        ),
        row(f"{count} pads: the host's click -> the last pad", round(median(times["click"]), 1), "ms"),
    ]
    rows += await answered(stage, hall, wires, count)
    rows.append(
        row(
            f"{count} pads: first press -> order on every pad",
            round(await buzzed(stage, hall, wires, count), 1),
            "ms",
        )
    )
    lost = sum(wire.closed for wire in wires)
    rows.append(row(f"{count} pads: connections lost", lost, "pads", 0))
    for wire in [*wires, *bare, control]:
        wire.transport.abort()
    await asyncio.sleep(3)
    return rows


def run(folder: Path, sizes: list[int]) -> Rows:
    """Set up and measure; a number of pads that cannot be had here is a row that says so."""
    os.environ |= {"LIANBING_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lianbing.settings"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    site = BenchSite(folder)
    site.manage("migrate", "--verbosity", "0")
    import django
    import uvloop

    django.setup()
    rows: Rows = []
    for count in sizes:
        why = raise_the_limit(2 * count + 500)
        if why:
            rows.append({"what": f"{count} pads", "measured": why, "budget": None, "unit": "", "ok": None})
            continue
        site.start()
        try:
            with bare_server() as bare_port:
                rows += uvloop.run(measure(count, site.port, bare_port))
        finally:
            site.stop()
    return rows


def main() -> None:
    """Print the table, then the JSON object."""
    sizes = [int(one) for one in sys.argv[1:]] or list(SIZES)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        rows = run(Path(folder), sizes)
    for one in rows:
        print(f"{one['what']:<60} {one['measured']!s:>10} {one['unit']}")
    print(
        f"in {time.perf_counter() - began:.0f} s, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    )
    print(json.dumps({"name": "bench-contest", "rows": rows}))
    sys.exit(0 if all(one["ok"] for one in rows) else 1)


if __name__ == "__main__":
    main()
