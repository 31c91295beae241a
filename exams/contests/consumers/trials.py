"""The live side of the rehearsal: what a pad says of its phone, and rounds on trial. Nothing official is written."""

import datetime
import uuid
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from exams.contests.consumers.pad import Pad, steady_ms
from exams.contests.consumers.room import CONTESTANTS, Room
from exams.contests.services import rehearsal


class Trials:
    """Opens rounds on trial and takes in what pads measure; lives in the event loop of its hub.

    Each process reckons a press from its own moment of opening: no clock of another machine is needed.
    """

    def __init__(
        self,
        rooms: Mapping[uuid.UUID, Room],
        run: Callable[..., Awaitable[Any]],
        spawn: Callable[[Any], None],
    ) -> None:
        self.rooms, self.run, self.spawn = rooms, run, spawn
        self.opened: dict[uuid.UUID, tuple[int, float]] = {}

    def show(self, uid: uuid.UUID, number: int) -> None:
        """Light the lamp on the pads of this process."""
        room = self.rooms.get(uid)
        if room is None:
            return
        self.opened[uid] = number, steady_ms()
        for pad in room.of(CONTESTANTS):
            pad.say({"t": "trial", "n": number})

    def take(self, room: Room, pad: Pad, said: dict[str, Any], at: datetime.datetime, at_ms: float) -> None:
        """A pad says what its phone can do ("check"), or has pressed in a round on trial ("tried")."""
        if pad.place.role not in CONTESTANTS:
            return
        if said["t"] == "check":
            self.spawn(self._check(pad, said, at))
            return
        number, opened = self.opened.get(room.uid, (0, 0.0))
        if number and said.get("n") == number:
            self.spawn(self._tried(pad, number, round(at_ms - opened, 1), at))

    async def _check(self, pad: Pad, said: dict[str, Any], at: datetime.datetime) -> None:
        trips = pad.trips
        heard = rehearsal.Heard(
            trips.minimum_ms, trips.median_ms, trips.jitter_ms, _flag(said, "awake"), _flag(said, "sound")
        )
        told = await self.run(partial(rehearsal.record, seat=pad.place.pk, heard=heard, at=at))
        pad.say(
            {
                "t": "check",
                "minimum": heard.minimum_ms,
                "median": heard.median_ms,
                "jitter": heard.jitter_ms,
                "fit": told.verdict.fit,
                "unfit": told.unfit,
                "notes": told.notes,
                "todo": told.verdict.todo,
            }
        )

    async def _tried(self, pad: Pad, number: int, received_ms: float, at: datetime.datetime) -> None:
        trip = pad.trips.minimum_ms
        press = partial(
            rehearsal.pressed,
            seat=pad.place.pk,
            trial=number,
            received_ms=received_ms,
            minimum_ms=trip,
            at=at,
        )
        correction = await self.run(press)
        if correction is not None:
            pad.say({"t": "tried", "n": number, "ms": received_ms, "correction": correction})


def _flag(said: dict[str, Any], name: str) -> bool | None:
    value = said.get(name)
    return value if isinstance(value, bool) else None
