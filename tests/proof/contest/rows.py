"""The rows of the proof on contests: F5, F12, F13, P4 and a restart in mid-round, each against the ledger."""

import asyncio
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.journeys.site import Site
from tests.proof.contest.client import Client, Refused
from tests.proof.contest.play import RIGHT, WRONG, Match, audience, buzzer, together
from tests.services import free_port

Rows = list[dict[str, Any]]
FLOOD = 40
SERVER = ("redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")


def row(
    what: str, measured: object, unit: str, budget: float | None = 0, ok: bool | None = True
) -> dict[str, Any]:
    """One row of the report. A figure is held to its budget; `ok` False or None overrules it."""
    if ok and isinstance(measured, int | float) and budget is not None:
        ok = measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": unit, "ok": ok}


def against_the_ledger(name: str, match: Match) -> Rows:
    """What every row asks at its end: nothing acknowledged is missing or doubled, and the score is the right one."""
    stored, (teams, crowd) = match.stored(), match.expected()
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
        row(f"{name}: acknowledged answers and presses that are not stored", len(lost), "rows"),
        row(f"{name}: answers stored twice", len(stored["answers"]) - len(kept), "rows"),
        row(f"{name}: scores unlike the ledger's", wrong, "scores"),
        row(
            f"{name}: scores shown unlike those stored",
            sum(scores[s] != shown.get(s) for s in scores),
            "scores",
        ),
        row(f"{name}: gaps in the numbers of the events", int(not stored["gapless"]), "gaps"),
    ]


# F5


class Redis:
    """A Redis of our own that can be killed and comes back empty at the same address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What REDIS_URL takes."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Run it; comes back when it answers."""
        self.process = subprocess.Popen([*SERVER, "--port", str(self.port)], stdout=subprocess.DEVNULL)
        for _ in range(100):
            done = subprocess.run(
                ["redis-cli", "-p", str(self.port), "ping"], capture_output=True, check=False
            )
            if done.stdout.strip() == b"PONG":
                return
            time.sleep(0.05)
        raise RuntimeError("redis-server did not answer")

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


async def f5(folder: Path, quick: bool) -> Rows:
    """Redis is killed while two processes run a round, and comes back empty two turns later."""
    if shutil.which("redis-server") is None or shutil.which("redis-cli") is None:
        why = "redis-server is not installed (Debian: apt-get install redis-server)"
        return [row("F5 Redis killed in a contest round", why, "", None, ok=None)]
    redis, count = Redis(), 2 if quick else 6
    redis.start()
    sites = [Site(folder, REDIS_URL=redis.url) for _ in range(2)]
    back: list[float] = []
    match = Match(sites, "f5", teams=4, audience=4 if quick else 40, rounds=[together(count), buzzer(count)])

    async def fault(turn: int) -> None:
        if turn == 2:
            redis.kill()
        elif turn == count + 1:
            await asyncio.to_thread(redis.start)
            seconds, behind = await match.settled(10)
            back.append(seconds if not behind else 60.0)

    try:
        await asyncio.gather(*(asyncio.to_thread(site.start) for site in sites))
        match.between = fault
        await match.enter()
        await match.play()
        await match.settled(10)
        return [
            row(
                "F5 Redis killed in a round: until every screen was in step again", round(back[0], 2), "s", 10
            ),
            *against_the_ledger("F5", match),
        ]
    finally:
        await match.leave()
        for site in sites:
            site.stop()
        redis.kill()


# F12


async def f12(site: Site, quick: bool) -> Rows:
    """One message in ten vanishes in either direction; some do not read while the host floods the room."""
    match = Match(
        [site], "f12", teams=4, audience=6 if quick else 60, rounds=[together(2), buzzer(2), audience(2)]
    )
    asleep = ["s0", "t1"]

    async def flood(turn: int) -> None:
        if turn != 3:
            return
        for party in asleep:
            match.clients[party].reading.clear()
        for _ in range(FLOOD // 2 if quick else FLOOD):
            await match.move("paused")
            await match.move("resumed")
        for party in asleep:
            match.clients[party].reading.set()

    match.between = flood
    await match.enter(loss=0.1)
    try:
        await match.play()
        await asyncio.sleep(5)
        _, behind = await match.settled(0)
        people = list(match.clients.values())
        lost, gaps = sum(one.lost for one in people), sum(one.gaps for one in people)
        return [
            row("F12 one message in ten dropped: messages the driver threw away", lost, "messages", None),
            row("F12 gaps found and healed by a snapshot", gaps, "gaps", None, ok=gaps > 0),
            row("F12 screens not in step 5 s after the last move", len(behind), "screens"),
            row(
                "F12 screens that show something else than the server",
                len(await match.divergent()),
                "screens",
            ),
            *against_the_ledger("F12", match),
        ]
    finally:
        await match.leave()


# F13

TICKET = re.compile(rb'data-ticket="([^"]+)"')


async def reloaded(match: Match, party: str, times: int) -> list[str]:
    """Open the pad's page anew so many times; what was not as before."""
    odd = []
    before = match.clients[party].you
    for _ in range(times):
        name = f"contest_seat_{match.uid.replace('-', '')}"
        page = await match.http.get(
            f"{match.sites[0].url}/contests/matches/{match.uid}/pad/",
            cookies={name: match.made["cookies"][party]},
        )
        found = TICKET.search(page.content)
        if page.status_code != 200 or found is None:
            odd.append(f"page {page.status_code}")
            continue
        fresh = Client(match.sites[0].url, match.uid, found[1].decode(), party, match.http)
        fresh.start()
        await fresh.until(lambda c: c.view)
        if any(
            fresh.you.get(one) != before.get(one) for one in ("role", "seat", "player", "name", "answered")
        ):
            odd.append(f"{fresh.you}")
        await fresh.stop()
    return odd


async def clicked(client: Client, turn: int, opened: int, times: int) -> list[str]:
    """Answer so many times at once, each click another act with another answer; what was acknowledged as counting."""

    async def once(number: int) -> str:
        with contextlib.suppress(Refused):
            told = await client.act(
                "answer", turn=turn, opened=opened, response=RIGHT if number % 2 else WRONG
            )
            return str(told.get("response"))
        return ""

    return [one for one in await asyncio.gather(*(once(n) for n in range(times))) if one]


async def f13(site: Site, quick: bool) -> Rows:
    """A player reloads twenty times, clicks twenty times, sleeps, and wakes up two questions later."""
    match = Match([site], "f13", audience=3, rounds=[audience(4)])
    await match.enter()
    party = next(name for name in match.clients if name.startswith("a"))
    pad = match.clients[party]
    pad.ledger = None
    try:
        await match.move("started")
        await match.move("round_opened", round=0)
        turn = await match.move("turn_opened")
        opened = await match.move("opened")
        await pad.until(lambda c: c.seq >= opened)
        odd = await reloaded(match, party, 20)
        acked = await clicked(pad, turn, opened, 20)
        odd += await reloaded(match, party, 3)
        await match.closed(opened)
        await match.move("turn_closed")
        await pad.stop()
        await slept(match, party, 3 if quick else 120)
        begun = time.monotonic()
        pad.start()
        await pad.until(lambda c: c.seq >= match.last_seq())
        woke = time.monotonic() - begun
        turn = await match.move("turn_opened")
        opened = await match.move("opened")
        await match.all(lambda one: match.answer(one, turn, opened), party)
        await match.closed(opened)
        kept = [one for one in match.stored()["answers"] if one[1] == party]
        rights = 100 * sum(response == RIGHT for _, _, response in kept)
        return [
            row("F13 reloads that brought another seat, score or answer", len(odd), "of 23"),
            row(
                "F13 twenty clicks: answers stored for two questions answered",
                len(kept),
                "answers",
                2,
                len(kept) == 2,
            ),
            row(
                "F13 acknowledged clicks that name another answer than the one kept",
                _unlike(acked, kept),
                "clicks",
            ),
            row("F13 from waking up to the right picture", round(woke, 2), "s", 5),
            row(
                "F13 points unlike those of the answers kept", int(_points(match, party) != rights), "scores"
            ),
        ]
    finally:
        await match.leave()


def _unlike(acked: list[str], kept: list[list[Any]]) -> int:
    first = str(min(kept)[2])
    return sum(one != first for one in acked)


def _points(match: Match, party: str) -> Decimal:
    return Decimal(match.stored()["crowd"].get(party, 0))


async def slept(match: Match, party: str, seconds: float) -> None:
    """Two questions pass without this pad."""
    until = time.monotonic() + seconds
    for _ in range(2):
        turn = await match.move("turn_opened")
        opened = await match.move("opened")
        others = [one for name, one in match.clients.items() if name.startswith("a") and name != party]
        await asyncio.gather(*(match.answer(one, turn, opened) for one in others))
        await match.closed(opened)
        await match.move("turn_closed")
    await asyncio.sleep(max(0, until - time.monotonic()))


# P4


async def p4(site: Site, quick: bool) -> Rows:
    """200 players answer 20 questions (60 and 5 in the quick proof)."""
    people, count = (60, 5) if quick else (200, 20)
    match = Match([site], "p4", audience=people, screens=2, rounds=[audience(count)])
    await match.enter()
    try:
        await match.play()
        _, behind = await match.settled(5)
        acks = sorted(ms for one in match.clients.values() for ms in one.ack_ms)
        shown = [[one.seen[seq] for one in match.clients.values()] for seq in range(2, match.last_seq() + 1)]
        apart = max(max(each) - min(each) for each in shown) * 1000
        name = f"P4 {people} players, {count} questions"
        return [
            row(f"{name}: answer to acknowledgement, median", round(statistics.median(acks), 1), "ms", None),
            row(f"{name}: answer to acknowledgement, p95", round(acks[int(len(acks) * 0.95)], 1), "ms", 500),
            row(f"{name}: screens apart at the most", round(apart, 1), "ms", 1000),
            row(f"{name}: screens with a gap left", len(behind), "screens"),
            row(f"{name}: answers not stored", people * count - len(match.stored()["answers"]), "answers"),
            *against_the_ledger("P4", match),
        ]
    finally:
        await match.leave()


# The server ends in mid-round


async def restart(folder: Path, quick: bool) -> Rows:
    """SIGKILL with answers given and not closed, and with a press stored and not settled."""
    site = Site(folder)
    match = Match(
        [site], "restart", teams=4, audience=4 if quick else 40, rounds=[together(1), buzzer(1), audience(1)]
    )
    back: list[float] = []

    async def fault(kind: str) -> None:
        del kind
        site.kill()
        await asyncio.to_thread(site.start)
        back.append((await match.settled(10))[0])

    match.amidst = fault
    try:
        await asyncio.to_thread(site.start)
        await match.enter()
        await match.play()
        await match.settled(5)
        return [
            row("restart in mid-round: until every screen was in step again", round(max(back), 2), "s", 10),
            *against_the_ledger("restart", match),
        ]
    finally:
        await match.leave()
        site.stop()


# All of them


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Site]:
    """A running site with this folder."""
    site = Site(folder)
    try:
        yield site.start()
    finally:
        site.stop()


def tried(name: str, work: Any) -> Rows:
    """The rows of one proof; one that breaks is false and says why."""
    begun = time.monotonic()
    try:
        rows: Rows = asyncio.run(work)
    except Exception as error:
        return [
            row(
                f"{name} could not be carried through",
                f"{type(error).__name__}: {error}"[:300],
                "",
                None,
                ok=False,
            )
        ]
    return [*rows, row(f"{name}: took", round(time.monotonic() - begun, 1), "s", None)]


def run(folder: Path, quick: bool) -> Rows:
    """Every row. `folder` is empty; the database is made in it."""
    site = Site(folder)
    if quick:
        site.run("tests/proof/contest/database.py")
    else:
        site.manage("migrate", "--verbosity", "0")
    rows: Rows = []
    only = os.environ.get("PROOF", "").split()
    with served(folder) as running:
        for name, work in (("P4", p4), ("F12", f12), ("F13", f13)):
            if not only or name in only:
                rows += tried(name, work(running, quick))
    for name, alone in (("restart", restart), ("F5", f5)):
        if not only or name in only:
            rows += tried(name, alone(folder, quick))
    return rows
