"""A whole match, played against a running site by clients of our own: the host moves, the pads answer and press.

Everything the host and the pads were told is in the ledger; from it alone `expected` reckons the scores, by the
rules written out here once more: right +10, wrong -5 together, right +10, wrong -10 at the buzzer, 100 a right
answer in the audience.
"""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx

from tests.journeys.site import Site
from tests.proof.contest.client import Client, Refused
from tests.proof.contest.ledger import Ledger

RIGHT, WRONG = ["a1"], ["b2"]
BASE = Decimal(100)


def together(count: int) -> dict[str, Any]:
    """Questions that all teams answer on their pads."""
    settings = {
        "mode": "together",
        "each": count,
        "by": "pad",
        "points": "10",
        "penalty": "5",
        "seconds": 300,
    }
    return {"kind": "team", "title": "共答题", "settings": settings}


def buzzer(count: int) -> dict[str, Any]:
    """Questions for who presses first."""
    settings = {"points": "10", "penalty": "10", "press_seconds": 300, "seconds": 300}
    return {"kind": "buzzer", "title": "抢答题", "items": count, "settings": settings}


def audience(count: int) -> dict[str, Any]:
    """Questions for everybody in the hall."""
    settings = {"points": "100", "speed_points": "0", "seconds": 300}
    return {"kind": "audience", "title": "观众题", "items": count, "settings": settings}


class Match:
    """A match on a site (or on several that share a database) with its clients.

    A row of the proof hangs its fault in: `between(n)` is awaited before turn n, `amidst(kind of round)` when the
    answers of a turn are acknowledged and it is not closed, or one press is acknowledged and not settled.
    """

    def __init__(
        self, sites: list[Site], made: dict[str, Any], wanted: dict[str, Any], seed: int = 1
    ) -> None:
        self.sites, self.made, self.uid, self.wanted = sites, made, made["match"], wanted
        self.ledger = Ledger(Path(sites[0].data_dir) / f"{self.uid}.ledger")
        self.chance = random.Random(seed)
        self.clients: dict[str, Client] = {}
        self.between: Callable[[int], Awaitable[None]] | None = None
        self.amidst: Callable[[str], Awaitable[None]] | None = None
        self.turns = 0

    async def enter(self, loss: float = 0.0) -> None:
        """Everybody connects, one process after the other; comes back when all have the picture."""
        limits = httpx.Limits(max_connections=100)
        self.http = httpx.AsyncClient(limits=limits, timeout=20)
        for number, (party, ticket) in enumerate(self.made["tickets"].items()):
            base = self.sites[number % len(self.sites)].url
            client = Client(base, self.uid, ticket, party, self.http, self.ledger, loss, number)
            self.clients[party] = client
            client.start()
        self.host = self.clients["host"]
        self.host.loss = 0.0
        await self.all(lambda one: one.until(lambda c: c.view))

    async def leave(self) -> None:
        """Everybody disconnects."""
        await self.all(Client.stop)
        await self.http.aclose()

    async def all(self, do: Callable[[Client], Awaitable[Any]], parties: str = "") -> None:
        """Do something with every client whose party begins so, all at once."""
        await asyncio.gather(*(do(one) for name, one in self.clients.items() if name.startswith(parties)))

    # The host

    async def closed(self, opened: int) -> int:
        """Close the turn, unless it has closed by itself since it was opened: everybody has answered."""
        return await self.move("closed", after=opened)

    async def move(self, kind: str, after: int | None = None, **data: Any) -> int:
        """One move of the host; its number. A broken connection or a refusal: did it happen since `after`?"""
        before, until = self.last_seq() if after is None else after, time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                reply = await self.http.post(
                    f"{self.sites[0].url}/contests/matches/{self.uid}/move",
                    json={
                        "kind": kind,
                        "data": data,
                        "reason": "检验" if kind in ("paused", "resumed") else "",
                    },
                    headers={"X-CSRFToken": "c" * 32},
                    cookies={"sessionid": self.made["session"], "csrftoken": "c" * 32},
                )
                if reply.status_code == 200:
                    self.ledger.acked(kind="move", move=kind, seq=reply.json()["seq"], data=data)
                    return int(reply.json()["seq"])
                if reply.status_code < 500 and not (seq := self.happened(kind, before)):
                    raise AssertionError(f"{kind} {data}: {reply.status_code} {reply.text[:200]}")
            if seq := self.happened(kind, before):
                return seq
            await asyncio.sleep(0.3)
        raise TimeoutError(f"{kind} could not be made")

    def last_seq(self) -> int:
        """How far the match is in the database."""
        sql = "SELECT last_seq FROM contests_match WHERE id = ?"
        return int(self.sites[0].rows(sql, self.made["pk"])[0][0])

    def happened(self, kind: str, after: int) -> int:
        """The number of an event of this kind after another one, 0 = there is none."""
        sql = "SELECT max(seq) FROM contests_matchevent WHERE match_id = ? AND seq > ? AND kind = ?"
        return int(self.sites[0].rows(sql, self.made["pk"], after, kind)[0][0] or 0)

    # The match

    async def play(self) -> None:
        """From the start to the end, round by round."""
        kinds = {"team": self._together, "buzzer": self._buzzer, "audience": self._audience}
        await self.move("started")
        for index, one in enumerate(self.wanted["rounds"]):
            await self.move("round_opened", round=index)
            for _ in range(one.get("items") or one["settings"]["each"]):
                self.turns += 1
                if self.between is not None:
                    await self.between(self.turns)
                turn = await self.move("turn_opened")
                await kinds[one["kind"]](turn)
                await self.move("turn_closed")
            await self.move("round_closed")
        await self.move("finished")

    async def _opened(self, turn: int) -> int:
        """Open the turn; the number of the opening."""
        return await self.move("opened")

    async def answer(self, client: Client, turn: int, opened: int) -> None:
        """A pad answers when it sees the opening: right or wrong by chance."""
        await client.until(lambda c: c.seq >= opened)
        await asyncio.sleep(self.chance.uniform(0, 0.25))
        response = RIGHT if self.chance.random() < 0.6 else WRONG
        await client.act("answer", turn=turn, opened=opened, response=response)

    async def _together(self, turn: int) -> None:
        opened = await self._opened(turn)
        await self.all(lambda one: self.answer(one, turn, opened), "t")
        if self.amidst is not None:
            await self.amidst("team")
        await self.closed(opened)
        for party, response in self._given(turn).items():
            await self.move("ruled", team=int(party[1:]), verdict="right" if response == RIGHT else "wrong")

    def _given(self, turn: int) -> dict[str, Any]:
        return {one["party"]: one["response"] for one in self.ledger.lines("answer") if one["turn"] == turn}

    async def _buzzer(self, turn: int) -> None:
        opened = await self._opened(turn)

        async def press(client: Client) -> None:
            await client.until(lambda c: c.seq >= opened)
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
            with contextlib.suppress(Refused):  # somebody else's press was settled before
                await client.act("press", turn=turn, opened=opened)

        if self.amidst is not None:
            await press(self.clients["t1"])
            await self.amidst("buzzer")
        await self.all(press, "t")
        await self.host.until(lambda c: (c.view.get("buzz") or {}).get("winner") is not None)
        winner = self.host.view["buzz"]["winner"]
        verdict = "right" if self.chance.random() < 0.5 else "wrong"
        seq = await self.move("ruled", team=winner, verdict=verdict)
        self.ledger.acked(kind="buzz", turn=turn, team=winner, verdict=verdict, seq=seq)

    async def _audience(self, turn: int) -> None:
        opened = await self._opened(turn)
        await self.all(lambda one: self.answer(one, turn, opened), "a")
        await self.closed(opened)

    # What must have come of it

    def expected(self) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
        """Scores of the teams and points of the audience by the ledger alone."""
        teams = {party[1:]: BASE for party in self.made["tickets"] if party.startswith("t")}
        crowd = {party: Decimal(0) for party in self.made["tickets"] if party.startswith("a")}
        for one in self.ledger.lines("answer"):
            right = one["response"] == RIGHT
            if one["party"].startswith("t"):
                teams[one["party"][1:]] += 10 if right else -5
            else:
                crowd[one["party"]] += 100 * right
        for one in self.ledger.lines("buzz"):
            teams[str(one["team"])] += 10 if one["verdict"] == "right" else -10
        return teams, crowd

    def answers(self, party: str) -> list[tuple[int, Any]]:
        """What the database keeps of a party's answers: turn and response."""
        sql = "SELECT turn, response FROM contests_padanswer WHERE match_id = ? AND party = ? ORDER BY turn"
        return [(turn, json.loads(kept)) for turn, kept in self.sites[0].rows(sql, self.made["pk"], party)]

    async def settled(self, patience: float) -> tuple[float, list[str]]:
        """How long (s) until every screen stands where the match stands, and who still does not after `patience`."""
        begun, last = time.monotonic(), self.last_seq()
        while (behind := self.behind(last)) and time.monotonic() < begun + patience:
            await asyncio.sleep(0.05)
        return time.monotonic() - begun, behind

    def behind(self, last: int) -> list[str]:
        """Whose screen is not at event `last`."""
        return [party for party, one in self.clients.items() if one.seq < last]

    async def divergent(self) -> list[str]:
        """Whose screen shows something else than the server would show it now."""
        truth = (await self.host.snapshot())["view"]
        return [party for party, one in self.clients.items() if one.view != truth]

    async def alike(self, patience: float) -> tuple[list[str], list[str]]:
        """Who is behind and who shows something else: as soon as nobody does, else after `patience` seconds."""
        until = time.monotonic() + patience
        while True:
            behind, divergent = self.behind(self.last_seq()), await self.divergent()
            if not (behind or divergent) or time.monotonic() >= until:
                return behind, divergent
            await asyncio.sleep(0.1)
