"""A match in this process: who is connected, and what they have been told. Lives in the event loop.

News goes round without a task per receiver: one text, one message object, handed to the server's own `send`.
Teams hear first, in an order drawn anew each time, then the desks and screens, then the audience in slices
between which the loop takes in presses; nobody's press waits until the last spectator has been served.
"""

import asyncio
import datetime
import logging
import random
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeVar

from exams.contests.consumers.pad import ENDED, RESTART, TOO_MANY, Pad, encode, frame
from exams.contests.consumers.shapes import DESKS, FOR_ALL, PERSONAL, Frame, Source
from lianbing.kit import clock

logger = logging.getLogger("lianbing.contests")
Thing = TypeVar("Thing")
Run = Callable[..., Awaitable[Any]]

SLICE = 250
MOST_DEVICES = 12  # of one seat: tabs, and connections that died unnoticed
YOUS = 200
GATHER_SECONDS = 0.005
COUNTS_SECONDS = 0.5
RETRY_SECONDS = 1.0
FIRST_PINGS, FIRST_SPACING, SPACING, PINGS_A_SECOND = 5, 0.15, 3.0, 400
CONTESTANTS = frozenset({"team", "player"})
RINGS = {"team": 0, "player": 0, "audience": 2}


def epoch_ms(moment: datetime.datetime) -> int:
    """A moment as milliseconds since 1970, as scripts count."""
    return round(moment.timestamp() * 1000)


class Room:
    """`run(function, *arguments)` does work in the pool of threads; `taken_in()` waits for answers on their way there."""

    def __init__(self, uid: uuid.UUID, source: Source, run: Run, taken_in: Run) -> None:
        self.uid, self.source, self.run, self.taken_in = uid, source, run, taken_in
        self.frame: Frame | None = None
        self.rings: tuple[set[Pad], set[Pad], set[Pad]] = (set(), set(), set())
        self._arriving: list[Pad] = []
        self._devices: dict[int, list[Pad]] = {}
        self._heard: dict[str, Any] = {}
        self._staff: dict[str, Any] = {}
        self._shown: Frame | None = None
        self._stale = False
        self._results = 0  # how many rings wait for their own results
        self._looked_at = 0.0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._counts: asyncio.TimerHandle | None = None

    @property
    def pads(self) -> list[Pad]:
        """Everybody who is in, in the order in which news goes round."""
        return [pad for ring in self.rings for pad in ring]

    @property
    def empty(self) -> bool:
        """Whether nobody is here and nobody is on the way in."""
        return not self._arriving and not any(self.rings)

    # Coming and going

    def arrive(self, pad: Pad) -> None:
        """A new connection; where a seat has too many, its oldest gives way."""
        held = self._devices.setdefault(pad.place.pk, [])
        held.append(pad)
        if len(held) > MOST_DEVICES:
            held.pop(0).close(TOO_MANY)
        self.enter(pad)

    def enter(self, pad: Pad) -> None:
        """Let a device in: it gets its hello with everybody else who comes in these milliseconds."""
        pad.beat = self.beat
        self._arriving.append(pad)
        self._once("welcome", self._welcome)

    def leave(self, pad: Pad) -> None:
        """A device has gone."""
        for ring in self.rings:
            ring.discard(pad)
        held = self._devices.get(pad.place.pk, [])
        if pad in held:
            held.remove(pad)
        if not held:
            self._devices.pop(pad.place.pk, None)
        pad.leave()

    def end_seat(self, pk: int) -> None:
        """Nobody speaks for this seat any more: close its connections."""
        for pad in [pad for pad in (*self.pads, *self._arriving) if pad.place.pk == pk]:
            pad.close(ENDED)

    def close_all(self, code: int) -> None:
        """Close every connection; the devices come back by themselves after `RESTART`."""
        for pad in [*self.pads, *self._arriving]:
            pad.close(code)

    def beat(self) -> dict[str, Any]:
        """How far the room is, and the time."""
        return {"seq": self.frame.seq if self.frame else 0, "now": epoch_ms(clock.now())}

    async def _welcome(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        while self._arriving:
            pads = [pad for pad in self._arriving[:YOUS] if not pad.gone]
            del self._arriving[:YOUS]
            try:
                yous = await self._yous_of(pads)
            except Exception:  # passed on; these pads come again instead of waiting for a greeting
                for pad in pads:
                    pad.close(RESTART)
                raise
            for pad in pads:
                self._hello(pad, yous.get(pad.place.pk, {}))

    async def _yous_of(self, pads: list[Pad]) -> dict[int, dict[str, Any]]:
        """Their own parts, by seat; from now on they hear the news."""
        if self.frame is None:
            self.frame = await self.run(self.source.frame, self.uid, None)
            self._heard = self.frame.view if self.frame else {}
            self._arm()
        told = self.frame
        if told is None:
            raise LookupError(f"there is no match {self.uid}")
        yous: dict[int, dict[str, Any]] = await self.run(self.source.yous, told, [pad.place for pad in pads])
        if any(pad.place.role in DESKS for pad in pads):
            self._shown = told
            self._show_desks(await self.run(self.source.staff, told))
        for pad in pads:
            self.rings[RINGS.get(pad.place.role, 1)].add(pad)
        if told is not self.frame:
            self._tell_results(everybody=True)
        return yous

    def _hello(self, pad: Pad, you: dict[str, Any]) -> None:
        if self.frame is None or pad.gone:
            return
        staff = f',"staff":{encode(self._staff)}' if pad.place.role in DESKS else ""
        beat = encode({"t": "hello", **self.beat()})[:-1]
        pad.offer(frame(f'{beat},"view":{self.frame.view_text}{staff},"you":{encode(you)}}}'))
        if pad.next_ping is None:
            self._ping(pad)

    def _ping(self, pad: Pad) -> None:
        """Five pings at once to measure the way, then one now and then; the more there are, the rarer."""
        if pad.gone:
            return
        if pad.pings:
            pad.ping()
        else:
            pad.pings = 1
        many = max(SPACING, len(self.rings[-1]) / PINGS_A_SECOND)
        spacing = many if pad.place.role == "audience" else SPACING
        if pad.pings <= FIRST_PINGS and pad.place.role in CONTESTANTS:
            spacing = FIRST_SPACING
        wait = spacing * random.uniform(0.5, 1.5)
        pad.next_ping = asyncio.get_running_loop().call_later(wait, self._ping, pad)

    # News

    def look(self) -> None:
        """Something may have happened: read it and tell everybody."""
        self._stale = True
        self._once("look", self._look)

    def look_soon(self) -> None:
        """Answers have come in: show how many, but not more often than people can read."""
        if self._counts is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._looked_at + COUNTS_SECONDS - loop.time())
            self._counts = loop.call_later(wait, self._count)

    def _count(self) -> None:
        self._counts = None
        self.look()

    async def _look(self) -> None:
        while self._stale:
            self._stale = False
            self._looked_at = asyncio.get_running_loop().time()
            old = self.frame
            new: Frame | None = await self.run(self.source.frame, self.uid, old)
            if new is None or (old and new.seq < old.seq):
                continue
            self.frame = new
            self._arm()
            if old is not None:
                await self._spread(old, new)

    async def _spread(self, old: Frame, new: Frame) -> None:
        """Tell everybody what has changed. Without an event only the stage hears: nobody else counts answers."""
        event = new.seq != old.seq
        before = (old.view, self._heard) if event else (old.view,)
        patch = {n: v for n, v in new.view.items() if any(known.get(n) != v for known in before)}
        if event:
            self._heard = new.view
        if patch or event:
            head = {"t": "news", **self.beat(), "seq": new.seq}
            if event and old.seq != new.seq - 1:
                head["from"] = old.seq
            await self._tell(
                frame(encode({**head, "patch": patch})), self.rings if event else self.rings[:-1]
            )
        if new.kinds & PERSONAL:
            self._tell_results(everybody=bool(new.kinds & FOR_ALL))
        if event or patch:
            self._once("desks", self._tell_desks)

    async def _tell_desks(self) -> None:
        """What only the desks see follows when the hall has been served."""
        while self.frame and self.frame is not self._shown and self.of(DESKS):
            self._shown = self.frame
            self._show_desks(await self.run(self.source.staff, self.frame))

    def show_who_is_there(self) -> None:
        """Tell the desks which pads of the stage are connected, and how far away they are."""
        if self._staff and self.of(DESKS):
            self._show_desks(self._staff)

    def _show_desks(self, staff: dict[str, Any]) -> None:
        staff = self._with_who_is_there(staff)
        patch = {name: value for name, value in staff.items() if self._staff.get(name) != value}
        self._staff = staff
        if patch:
            told = frame(encode({"t": "staff", **self.beat(), "staff": patch}))
            for pad in self.of(DESKS):
                pad.offer(told)

    def _with_who_is_there(self, staff: dict[str, Any]) -> dict[str, Any]:
        there = {
            pad.place.pk: pad.trips.minimum_ms for ring in self.rings[:-1] for pad in ring if not pad.gone
        }
        pads = [
            {**one, "online": one["seat"] in there, "rtt": _rounded(there.get(one["seat"]))}
            for one in staff.get("pads", ())
        ]
        return {**staff, "pads": pads, "crowd": {"online": len(self.rings[-1])}}

    async def _tell(self, message: dict[str, Any], rings: Sequence[set[Pad]]) -> None:
        pads = [random.sample(list(ring), len(ring)) if ring is self.rings[0] else ring for ring in rings]
        for some in portions([pad for ring in pads for pad in ring], SLICE):
            for pad in some:
                pad.offer(message)
            await asyncio.sleep(0)

    def _tell_results(self, everybody: bool) -> None:
        self._results = max(self._results, 3 if everybody else 2)
        self._once("results", self._tell_each)

    async def _tell_each(self) -> None:
        """Everybody's own result, in portions, so that news overtakes it."""
        while self._results and self.frame:
            rings, self._results = self.rings[: self._results], 0
            for pads in portions([pad for ring in rings for pad in ring], YOUS):
                yous = await self.run(self.source.yous, self.frame, [pad.place for pad in pads])
                for pad in pads:
                    if pad.place.pk in yous:
                        pad.say({"t": "you", "you": yous[pad.place.pk]})

    def of(self, roles: frozenset[str]) -> list[Pad]:
        """The devices of these roles."""
        return [pad for pad in self.pads if pad.place.role in roles]

    # The room's clock

    def _arm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self.frame and self.frame.due_at:
            wait = max(0.0, (self.frame.due_at - clock.now()).total_seconds())
            self._alarm = asyncio.get_running_loop().call_later(wait, self._once, "due", self._due)

    async def _due(self) -> None:
        try:
            # Received in time is in time, however many were received in the same moment.
            await self.taken_in()
            await self.run(self.source.due, self.uid)
        finally:
            # What was done is announced; what could not be done now is tried again.
            self._alarm = asyncio.get_running_loop().call_later(RETRY_SECONDS, self.look)

    # Work

    def _once(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Start `work` as a task unless it is running."""
        running = self._tasks.get(name)
        if running is None or running.done():
            self._tasks[name] = asyncio.create_task(self._safely(work))

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception:  # a room lives on: the next beat tries again
            logger.exception("match %s: the room could not do its work and tries again", self.uid)

    def stop(self) -> None:
        """Let go of everything that runs."""
        for handle in (self._alarm, self._counts):
            if handle:
                handle.cancel()
        for task in self._tasks.values():
            task.cancel()


def _rounded(rtt_ms: float | None) -> int | None:
    return None if rtt_ms is None else round(rtt_ms)


def portions(whole: Sequence[Thing], size: int) -> Iterator[Sequence[Thing]]:
    """A sequence in portions of `size`."""
    return (whole[start : start + size] for start in range(0, len(whole), size))
