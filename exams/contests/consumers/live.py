"""The WebSocket of a pad, a desk or a screen: parse, one call, send. A plain ASGI application.

Channels' own consumers start tasks and take a channel of the layer for every connection; here a connection is
one coroutine that reads, and the room sends past it.
"""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from exams.contests.consumers.hub import Hub
from exams.contests.consumers.pad import (
    BAD_TICKET,
    ENDED,
    MOST_REFUSED,
    NO_MATCH,
    TOO_MANY,
    Pad,
    steady_ms,
)
from exams.contests.consumers.room import Room
from exams.contests.queries.live import Place
from exams.contests.services import acts, tickets
from exams.contests.services.answers import Answer, Press, Verdict
from lianbing.kit import clock

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LONGEST_TEXT = 8 * 1024


class Refused(Exception):
    """The connection is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Live:
    """The application behind /ws/contests/<match uid>/?ticket=..."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        await send({"type": "websocket.accept"})
        try:
            uid, place = await self._who(scope)
        except Refused as refused:
            # A browser is told the code of a closed connection only, never that of a refused handshake.
            await send({"type": "websocket.close", "code": refused.code})
            return
        reading = asyncio.current_task()
        pad = Pad(place, send, reading.cancel if reading else lambda: None)
        room = self.hub.room(uid)
        room.arrive(pad)
        try:
            await self._read(room, pad, receive)
        except asyncio.CancelledError:
            if not pad.gone:
                raise
        finally:
            room.leave(pad)

    async def _who(self, scope: dict[str, Any]) -> tuple[uuid.UUID, Place]:
        """Whose device it is. Raises Refused."""
        uid: uuid.UUID = scope["url_route"]["kwargs"]["uid"]
        query = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            ticket = tickets.read(query.get("ticket", [""])[0], match=uid)
        except tickets.BadTicket:
            raise Refused(BAD_TICKET) from None
        place = await self.hub.place(uid, ticket.seat)
        if place is None or (place.generation, place.epoch) != (ticket.generation, ticket.epoch):
            raise Refused(ENDED if uid in await self.hub.run(self.hub.source.heads, [uid]) else NO_MATCH)
        return uid, place

    async def _read(self, room: Room, pad: Pad, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or pad.gone:
                return
            if not pad.allowance.take():
                if pad.allowance.refused > MOST_REFUSED:
                    pad.close(TOO_MANY)
                continue
            text = message.get("text") or ""
            if len(text) <= LONGEST_TEXT:
                self._take(room, pad, text)
            else:
                answer(pad, "", acts.refusal("too_large"))

    def _take(self, room: Room, pad: Pad, text: str) -> None:
        """One message of a device."""
        at, at_ms = clock.now(), steady_ms()
        try:
            said = json.loads(text)
            kind = said["t"]
        except (ValueError, TypeError, KeyError, RecursionError):
            answer(pad, "", acts.refusal("malformed"))
            return
        if kind == "pong":
            nonce = said.get("n")
            pad.trips.answered(nonce if isinstance(nonce, str) else "", at_ms)
        elif kind == "sync":
            room.enter(pad)
        elif kind == "act":
            self._act(room, pad, said, at)
        elif kind in ("check", "tried"):
            self.hub.trials.take(room, pad, said, at, at_ms)

    def _act(self, room: Room, pad: Pad, said: dict[str, Any], at: Any) -> None:
        reply = partial(answer, pad, acts.asked_as(said))
        try:
            act = acts.parse(said, pad.place, at=at, rtt_ms=pad.trips.minimum_ms)
        except acts.BadAct as bad:
            reply(bad.verdict)
            return
        if isinstance(act, Answer):
            taken = self.hub.answers.put(room.uid, pad.place, act, reply)
        elif isinstance(act, Press):
            taken = self.hub.presses.put(room.uid, pad.place, act, reply)
        else:
            taken = self.hub.perform(room.uid, pad.place, act, reply)
        if not taken:
            reply(None)


def answer(pad: Pad, asked: str, verdict: Verdict | None) -> None:
    """Tell a device what became of its act; None = nothing, it may send it again."""
    if verdict is None:
        verdict = acts.refusal("busy")
    told = verdict.data if verdict.ok else {"code": verdict.code, "text": verdict.text}
    pad.say({"t": "ack" if verdict.ok else "no", "id": asked, **(told or {})})
