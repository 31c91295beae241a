"""A screen or pad of a contest, as `room.js` is one: patches, gaps, pings, acts that are sent until acknowledged.

`loss` is the share of messages that vanish, in either direction; `read` can be stopped, as on a phone asleep.
"""

import asyncio
import contextlib
import json
import random
import time
import uuid
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.proof.contest.ledger import Ledger

RESEND_SECONDS, BACK_OFF_SECONDS, MOST_BACK_OFF = 1.0, 0.2, 3.0
SNAPSHOT_SECONDS, HELLO_WITHIN = 5.0, 8.0
Message = dict[str, Any]


class Refused(Exception):
    """The server said no; `code` names why."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"{message.get('code')}: {message.get('text')}")
        self.code = str(message.get("code"))


class Client:
    """One device. `start()` connects and stays connected until `stop()`."""

    def __init__(
        self,
        base: str,
        match: str,
        ticket: str,
        party: str,
        http: httpx.AsyncClient,
        ledger: Ledger | None = None,
        loss: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.base, self.match, self.ticket, self.party = base, match, ticket, party
        self.http, self.ledger, self.loss = http, ledger, loss
        self.chance = random.Random(f"{seed} {party}")
        self.seq, self.view, self.you, self.staff = 0, {}, {}, {}
        self.gaps = self.snapshots = self.connections = self.lost = 0
        self.seen: dict[int, float] = {}
        self.ack_ms: list[float] = []
        self.errors: list[str] = []
        self.changed = asyncio.Event()
        self.reading = asyncio.Event()
        self.reading.set()
        self._socket: Any = None
        self._replies: dict[str, asyncio.Future[Message]] = {}
        self._pongs: set[asyncio.Task[None]] = set()
        self._fetching: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None

    # The connection

    def start(self) -> None:
        """Connect, and connect again whenever the line breaks."""
        self._task = asyncio.create_task(self._stay())

    async def stop(self) -> None:
        """Leave the room."""
        for task in (self._task, self._fetching):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task
        self._task = self._fetching = None

    async def _stay(self) -> None:
        wait = BACK_OFF_SECONDS
        address = f"{self.base.replace('http', 'ws', 1)}/ws/contests/{self.match}/?ticket={self.ticket}"
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                async with connect(address, origin=self.base, open_timeout=10, compression=None) as socket:
                    self._socket, wait = socket, BACK_OFF_SECONDS
                    self.connections += 1
                    await self._read(socket)
            self._socket = None
            await asyncio.sleep(wait * self.chance.uniform(0.5, 1.5))
            wait = min(MOST_BACK_OFF, wait * 2)

    async def _read(self, socket: Any) -> None:
        async with asyncio.timeout(HELLO_WITHIN):
            self._take(json.loads(await socket.recv()))
        async for text in socket:
            await self.reading.wait()
            message = json.loads(text)
            if self._vanishes():
                continue
            self._take(message)

    def _vanishes(self) -> bool:
        gone = self.chance.random() < self.loss
        self.lost += gone
        return gone

    async def _say(self, message: Message) -> None:
        if self._socket is None or self._vanishes():
            return
        with contextlib.suppress(OSError, WebSocketException):
            await self._socket.send(json.dumps(message))

    # What arrives

    def _take(self, message: Message) -> None:
        sort = message["t"]
        if sort in ("hello", "snapshot"):
            self._whole(message)
        elif sort == "news":
            self._news(message)
        elif sort == "staff":
            self.staff |= message["staff"]
        elif sort == "you":
            self.you = message["you"]
        elif sort == "ping":
            self._ping(message)
        elif sort in ("ack", "no"):
            reply = self._replies.get(message["id"])
            if reply is not None and not reply.done():
                reply.set_result(message)
        self.changed.set()

    def _whole(self, message: Message) -> None:
        if message["seq"] < self.seq:
            return
        self.view, self.you = message["view"], message.get("you", self.you)
        self.staff = message.get("staff", self.staff)
        self._reached(message["seq"])

    def _news(self, message: Message) -> None:
        seq = message["seq"]
        if seq < self.seq:
            return
        if message.get("from", seq - 1) > self.seq:
            self.gap()
            return
        self.view = self.view | message["patch"]
        self._reached(seq)

    def _reached(self, seq: int) -> None:
        now = time.monotonic()
        for each in range(self.seq + 1, seq + 1):
            self.seen[each] = now
        self.seq = seq

    def _ping(self, message: Message) -> None:
        pong = asyncio.create_task(self._say({"t": "pong", "n": message["n"]}))
        self._pongs.add(pong)
        pong.add_done_callback(self._pongs.discard)
        if message["seq"] > self.seq:
            self.gap()

    def gap(self) -> None:
        """Something is missing: fetch the snapshot."""
        self.gaps += 1
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        with contextlib.suppress(httpx.HTTPError):
            self._take({"t": "snapshot", **await self.snapshot()})
            self.snapshots += 1

    async def snapshot(self) -> Message:
        """The room as it stands, over HTTP."""
        reply = await self.http.get(
            f"{self.base}/contests/matches/{self.match}/snapshot",
            params={"ticket": self.ticket},
            timeout=SNAPSHOT_SECONDS,
        )
        if reply.status_code != 200:
            self.errors.append(f"snapshot {reply.status_code}")
            raise httpx.HTTPError(str(reply.status_code))
        found: Message = reply.json()
        return found

    # What is sent

    async def act(self, what: str, *, uid: str = "", patience: float = 120, **data: Any) -> Message:
        """Press, answer, choose ...: sent with one id until it is acknowledged. Raises Refused, TimeoutError."""
        name = uid or str(uuid.uuid4())
        reply = self._replies.setdefault(name, asyncio.get_running_loop().create_future())
        begun = time.monotonic()
        while time.monotonic() < begun + patience:
            await self._say({"t": "act", "id": name, "what": what, **data})
            with contextlib.suppress(TimeoutError):
                told = await asyncio.wait_for(asyncio.shield(reply), RESEND_SECONDS)
                if told["t"] == "no":
                    raise Refused(told)
                self.ack_ms.append((time.monotonic() - begun) * 1000)
                if self.ledger is not None:
                    # The disk must not hold up the other devices of this process.
                    await asyncio.to_thread(self.ledger.acked, kind=what, party=self.party, **data)
                return told
        raise TimeoutError(f"{what} of {self.party} was never acknowledged")

    async def until(self, true: Any, patience: float = 90) -> None:
        """Come back when `true(self)` holds of what is known here. Raises TimeoutError."""
        async with asyncio.timeout(patience):
            while not true(self):
                self.changed.clear()
                await self.changed.wait()
