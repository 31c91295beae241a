"""What goes wrong between the server and the devices while a match is played: one class a row."""

import asyncio
import contextlib
import re
import statistics
import time
from typing import Any

from tests.journeys.site import Site
from tests.proof.contest.client import Client, Refused
from tests.proof.contest.play import RIGHT, WRONG, Match, audience, buzzer, together
from tests.proof.contest.row import Rows, row

FLOOD = 40
TICKET = re.compile(rb'data-ticket="([^"]+)"')
Made = dict[str, Any]


class Fault:
    """A row on a running site."""

    def __init__(self, sites: list[Site], made: Made, wanted: Made, quick: bool) -> None:
        self.quick, self.match = quick, Match(sites, made, wanted)

    def within(self, budget: float) -> float | None:
        """A budget of time. The quick proof runs beside other tests: there times are for information."""
        return None if self.quick else budget

    async def run(self) -> Rows:
        """Play the match with its fault; the rows of what was seen meanwhile."""
        raise NotImplementedError


class P4(Fault):
    """200 players answer 20 questions (60 and 5 in the quick proof)."""

    @staticmethod
    def wanted(quick: bool) -> Made:
        people, count = (60, 5) if quick else (200, 20)
        return {"audience": people, "screens": 2, "rounds": [audience(count)]}

    async def run(self) -> Rows:
        match = self.match
        await match.enter()
        try:
            await match.play()
            _, behind = await match.settled(20)
        finally:
            await match.leave()
        acks = sorted(ms for one in match.clients.values() for ms in one.ack_ms)
        shown = [[one.seen[seq] for one in match.clients.values()] for seq in range(2, match.last_seq() + 1)]
        apart = max(max(each) - min(each) for each in shown) * 1000
        name = f"P4 {match.wanted['audience']} players, {match.turns} questions:"
        return [
            row(f"{name} answer to ack, median", round(statistics.median(acks), 1), "ms", None),
            row(f"{name} answer to ack, p95", round(acks[int(len(acks) * 0.95)], 1), "ms", self.within(500)),
            row(f"{name} screens apart at the most", round(apart, 1), "ms", self.within(1000)),
            row(f"{name} screens with a gap left", len(behind), "screens"),
            row(f"{name} answers not given", match.wanted["audience"] * match.turns - len(acks), "answers"),
        ]


class F12(Fault):
    """One message in ten vanishes in either direction; some do not read while the host floods the room."""

    asleep = ("s0", "t1")

    @staticmethod
    def wanted(quick: bool) -> Made:
        rounds = [together(1), buzzer(1), audience(1)] if quick else [together(4), buzzer(4), audience(4)]
        return {"teams": 4, "audience": 6 if quick else 60, "rounds": rounds}

    async def flood(self, turn: int) -> None:
        """The host pauses and goes on, again and again, while some screens do not read."""
        if turn != 2:
            return
        sleepers = [self.match.clients[party] for party in self.asleep]
        for one in sleepers:
            one.reading.clear()
        for _ in range(FLOOD // 4 if self.quick else FLOOD):
            await self.match.move("paused")
            await self.match.move("resumed")
        for one in sleepers:
            one.reading.set()

    async def run(self) -> Rows:
        match = self.match
        match.between = self.flood
        await match.enter(loss=0.1)
        try:
            await match.play()
            for one in match.clients.values():
                one.loss = 0
            behind, divergent = await match.alike(5)
        finally:
            await match.leave()
        people = list(match.clients.values())
        lost, gaps = sum(one.lost for one in people), sum(one.gaps for one in people)
        return [
            row("F12 one message in ten thrown away", lost, "messages", None),
            row("F12 gaps found and healed by a snapshot", gaps, "gaps", None, ok=gaps > 0),
            row("F12 screens not in step 5 s after the last move", len(behind), "screens"),
            row("F12 screens that show something else than the server", len(divergent), "screens"),
        ]


class F13(Fault):
    """A player reloads twenty times, clicks twenty times, sleeps, and wakes up two questions later."""

    @staticmethod
    def wanted(quick: bool) -> Made:
        return {"audience": 3, "rounds": [audience(4)]}

    async def run(self) -> Rows:
        match = self.match
        await match.enter()
        self.party = next(name for name in match.clients if name.startswith("a"))
        pad = match.clients[self.party]
        try:
            await match.move("started")
            await match.move("round_opened", round=0)
            odd, acked = await self.reloads_and_clicks(pad)
            woke = await self.sleeps(pad)
            await self.asked([self.party])
        finally:
            await match.leave()
        kept = match.answers(self.party)
        unlike = sum(one != str(kept[0][1]) for one in acked) if kept else len(acked)
        return [
            row("F13 reloads that brought another seat, score or answer", len(odd), "of 23"),
            row("F13 answers kept of two questions answered", len(kept), "answers", 2, len(kept) == 2),
            row("F13 of 20 clicks, acknowledged", len(acked), "clicks", None, ok=len(acked) > 0),
            row("F13 clicks told another answer than the one kept", unlike, "clicks"),
            row("F13 from waking up to the right picture", round(woke, 2), "s", self.within(5)),
        ]

    async def reloads_and_clicks(self, pad: Client) -> tuple[list[str], list[str]]:
        """Twenty reloads, twenty clicks and three reloads in one open question; what was odd, what was acknowledged."""
        match = self.match
        turn = await match.move("turn_opened")
        opened = await match.move("opened")
        await pad.until(lambda c: c.seq >= opened)
        odd = await self.reloaded(pad, 20)
        acked = await self.clicked(pad, turn, opened, 20)
        pad.you = pad.you | {"answered": {"turn": turn, "response": match.answers(self.party)[0][1]}}
        odd += await self.reloaded(pad, 3)
        await match.closed(opened)
        await match.move("turn_closed")
        return odd, acked

    async def reloaded(self, pad: Client, times: int) -> list[str]:
        """Open the pad's page anew so many times; what was not as before."""
        odd, match = [], self.match
        cookie = {f"contest_seat_{match.uid.replace('-', '')}": match.made["cookies"][self.party]}
        address = f"{match.sites[0].url}/contests/matches/{match.uid}/pad/"
        for _ in range(times):
            page = await match.http.get(address, cookies=cookie)
            found = TICKET.search(page.content)
            if page.status_code != 200 or found is None:
                odd.append(f"page {page.status_code}")
                continue
            fresh = Client(match.sites[0].url, match.uid, found[1].decode(), self.party, match.http)
            fresh.start()
            await fresh.until(lambda c: c.view)
            same = ("role", "seat", "player", "name", "answered", "points")
            odd += [f"{one}: {fresh.you.get(one)}" for one in same if fresh.you.get(one) != pad.you.get(one)][
                :1
            ]
            await fresh.stop()
        return odd

    async def clicked(self, pad: Client, turn: int, opened: int, times: int) -> list[str]:
        """Answer so many times at once, each click another act with another answer; the answers acknowledged as counting."""
        ledger, pad.ledger = pad.ledger, None

        async def once(number: int) -> str:
            with contextlib.suppress(Refused):
                response = RIGHT if number % 2 else WRONG
                told = await pad.act("answer", turn=turn, opened=opened, response=response)
                return str(told.get("response", response))
            return ""

        told = [one for one in await asyncio.gather(*(once(n) for n in range(times))) if one]
        pad.ledger = ledger
        for kept_turn, kept in self.match.answers(self.party):
            self.match.ledger.acked(kind="answer", party=self.party, turn=kept_turn, response=kept)
        return told

    async def sleeps(self, pad: Client) -> float:
        """Two questions pass without this pad; how long it takes to be in the picture again (s)."""
        await pad.stop()
        until = time.monotonic() + (3 if self.quick else 120)
        others = [name for name in self.match.clients if name.startswith("a") and name != self.party]
        for _ in range(2):
            await self.asked(others)
        await asyncio.sleep(max(0, until - time.monotonic()))
        begun, last = time.monotonic(), self.match.last_seq()
        pad.start()
        await pad.until(lambda c: c.seq >= last)
        return time.monotonic() - begun

    async def asked(self, parties: list[str]) -> None:
        """One question that these answer."""
        match = self.match
        turn = await match.move("turn_opened")
        opened = await match.move("opened")
        await asyncio.gather(*(match.answer(match.clients[one], turn, opened) for one in parties))
        await match.closed(opened)
        await match.move("turn_closed")
