"""One connected device. Sending to it never waits: one that cannot keep up is set aside and catches up alone."""

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, cast

from exams.contests.consumers import wire
from exams.contests.queries.live import Place
from exams.contests.rules.round_trip import RoundTrips

Send = Callable[[dict[str, Any]], Awaitable[None]]

BURST, PER_SECOND = 40, 10.0
MOST_REFUSED = 200
PATIENCE_SECONDS = 20
BAD_TICKET, ENDED, NO_MATCH, TOO_MANY, RESTART = 4401, 4403, 4404, 4429, 1012


def encode(message: dict[str, Any]) -> str:
    """A message as the text that goes over the wire, without spaces."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def frame(text: str) -> dict[str, Any]:
    """What is handed to `Pad.offer`: made once, sent to everybody."""
    return {"type": "websocket.send", "text": text, "wire": wire.framed(text)}


def steady_ms() -> float:
    """Milliseconds of a clock that never jumps. Only differences mean anything."""
    return time.monotonic() * 1000


class Allowance:
    """How many messages a device may still send: a bucket of `BURST` that fills with `PER_SECOND`."""

    def __init__(self) -> None:
        self.left = float(BURST)
        self.at = time.monotonic()
        self.refused = 0

    def take(self) -> bool:
        """Whether one more message is welcome now."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if self.left < 1:
            self.refused += 1
            return False
        self.left -= 1
        return True


class Pad:
    """A connection to a room, used in the event loop alone.

    `end` breaks the connection off when its client does not even read that it is over.
    """

    def __init__(self, place: Place, send: Send, end: Callable[[], object]) -> None:
        self.place = place
        self.trips = RoundTrips()
        self.allowance = Allowance()
        self.behind = self.gone = False
        self.pings = 0
        self.next_ping: asyncio.TimerHandle | None = None
        self.beat: Callable[[], dict[str, Any]] = dict
        self._send, self._end = send, end
        self._connection = wire.connection_of(send)
        self._catching_up: asyncio.Task[None] | None = None

    def offer(self, message: dict[str, Any]) -> bool:
        """Hand over an ASGI message if the connection can take it at once.

        Without a task and without waiting: the server's `send` runs to its end in one step unless the client
        reads too slowly; then it is broken off, nothing is queued, and the device is behind.
        """
        if self.behind or self.gone:
            return False
        if self._connection and "wire" in message and wire.write(self._connection, message["wire"]):
            return True
        step = cast(Coroutine[Any, Any, None], self._send(message))
        try:
            step.send(None)
        except StopIteration:
            return True
        except Exception:  # each server raises its own kind when a socket is gone
            self.gone = True
            return False
        step.close()
        self.behind = True
        self._catching_up = asyncio.create_task(self._catch_up())
        return False

    def say(self, message: dict[str, Any]) -> bool:
        """Offer a message for this device alone."""
        return self.offer(frame(encode(message)))

    def ping(self) -> None:
        """Ask for an echo; tells the device how far the room is, so that it finds what it missed."""
        nonce = secrets.token_hex(4)
        self.pings += 1
        if self.say({"t": "ping", "n": nonce, **self.beat()}):
            self.trips.sent(nonce, steady_ms())

    def close(self, code: int) -> None:
        """End the connection with a code, without waiting for a client that does not read."""
        if not self.gone and not self.offer({"type": "websocket.close", "code": code}):
            self._end()
        self.gone = True

    def leave(self) -> None:
        """The connection has ended: stop what still runs for it."""
        self.gone = True
        if self.next_ping:
            self.next_ping.cancel()
        if self._catching_up:
            self._catching_up.cancel()

    async def _catch_up(self) -> None:
        """Once the client reads again, tell it how far the room is: it fetches the snapshot itself."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._send(frame(encode({"t": "ping", "n": "", **self.beat()})))
        except Exception:  # the socket is gone, or does not read: either way this pad connects anew
            self.gone = True
            self._end()
            return
        self.behind = False
        self.ping()
