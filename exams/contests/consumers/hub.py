"""All rooms of this process, and its line to the other processes.

SQL is the truth. An announcement in this process reaches its rooms through the loop; other processes get one
message each through the channel layer; and every room looks at its match every second or two by itself,
because a command in another process reaches no layer in memory, and a layer in Redis may lose anything.
"""

import asyncio
import contextlib
import logging
import random
import secrets
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import close_old_connections, connection

from exams.contests import ports
from exams.contests.consumers.inbox import Inbox, Reply
from exams.contests.consumers.pad import ENDED, RESTART
from exams.contests.consumers.room import GATHER_SECONDS, Room, portions
from exams.contests.consumers.shapes import Source
from exams.contests.consumers.trials import Trials
from exams.contests.queries.live import Place, stands
from exams.contests.services.acts import Act
from exams.contests.services.answers import Answer, Press, Verdict

logger = logging.getLogger("lianbing.contests")

THREADS = 4
MOST_ACTS, PLACES = 500, 500
GROUP = "contests"
ANSWERS_WAIT, ANSWERS_APART, PRESSES_WAIT = 0.006, 0.2, 0.002
WATCH_SECONDS, SEATS_EVERY = 1.5, 4
BEAT_SECONDS, LOST_AFTER, ANEW_AFTER = 1.0, 4, 8


class Hub:
    """One per process. Everything but `announce` and `end_seat` is called in the event loop."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name = secrets.token_hex(8)
        self.rooms: dict[uuid.UUID, Room] = {}
        self.trials = Trials(self.rooms, self.run, self._spawn)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked: dict[uuid.UUID, dict[int, asyncio.Future[Place | None]]] = {}
        self._missed = 0

    # Life

    async def start(self) -> None:
        """Begin to listen. Called once, in the loop that serves the sockets."""
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="contests")
        self.answers: Inbox[Answer] = Inbox(self._store_answers, ANSWERS_WAIT, ANSWERS_APART, self._arrived)
        self.presses: Inbox[Press] = Inbox(self._store_presses, PRESSES_WAIT, 0.0, self._pressed)
        self._spawn(self._watch())
        if not isinstance(get_channel_layer(), InMemoryChannelLayer):
            self._spawn(self._hold_the_line())
        ports.announcer(self.announce)
        ports.seat_ender(self.end_seat)
        ports.trial_opener(self.open_trial)

    async def stop(self) -> None:
        """Tell the devices to come back, and end."""
        ports.forget(self.announce, self.end_seat)
        ports.forget_trials(self.open_trial)
        for inbox in (self.answers, self.presses):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(3):
                    await inbox.drain()
        for room in self.rooms.values():
            room.close_all(RESTART)
            room.stop()
        self.rooms.clear()
        for task in self._tasks:
            task.cancel()
        self._loop = None
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def run(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do work on the database in a thread of the contests' own pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _with_database, work, arguments)

    # Rooms

    def room(self, uid: uuid.UUID) -> Room:
        """The room of a match; opened with its first device, gone a while after its last."""
        if uid not in self.rooms:
            self.rooms[uid] = Room(uid, self.source, self.run, self.answers.taken_in)
        return self.rooms[uid]

    async def _store_answers(self, uid: uuid.UUID, batch: Any) -> Any:
        return await self.run(self.source.answers, uid, batch)

    async def _store_presses(self, uid: uuid.UUID, batch: Any) -> Any:
        return await self.run(self.source.presses, uid, batch)

    def _arrived(self, uid: uuid.UUID) -> None:
        if uid in self.rooms:
            self.rooms[uid].look_soon()

    def _pressed(self, uid: uuid.UUID) -> None:
        if uid in self.rooms:
            self.rooms[uid].look()

    async def place(self, uid: uuid.UUID, pk: int) -> Place | None:
        """A seat that still stands; who asks in the same milliseconds is answered by one statement."""
        asked = self._asked.setdefault(uid, {})
        if not asked:
            self._spawn(self._look_up(uid))
        return await asked.setdefault(pk, asyncio.get_running_loop().create_future())

    async def _look_up(self, uid: uuid.UUID) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        asked = self._asked.pop(uid)
        found: dict[int, Place] = {}
        try:
            for pks in portions(list(asked), PLACES):
                found |= await self.run(self.source.places, uid, pks)
        except Exception as error:  # whoever asked must hear of it, whatever it was
            for future in asked.values():
                if not future.done():
                    future.set_exception(error)
            return
        for pk, future in asked.items():
            if not future.done():
                future.set_result(found.get(pk))

    def perform(self, uid: uuid.UUID, place: Place, act: Act, reply: Reply) -> bool:
        """Have an act of a pad done in a thread. False: too many wait."""
        if len(self._tasks) > MOST_ACTS:
            return False
        self._spawn(self._perform(uid, place, act, reply))
        return True

    async def _perform(self, uid: uuid.UUID, place: Place, act: Act, reply: Reply) -> None:
        verdict: Verdict | None = None
        try:
            verdict = await self.run(self.source.act, uid, place, act)
        except Exception:  # the pad must get its answer, whatever the act came to
            logger.exception("an act of a pad could not be done; the pad sends it again")
        reply(verdict)

    # News

    def announce(self, uid: uuid.UUID, seq: int) -> None:
        """From any thread: something happened in a match."""
        self._from_outside(self._news, uid, seq)

    def end_seat(self, uid: uuid.UUID, pk: int) -> None:
        """From any thread: a seat has ended."""
        self._from_outside(self._ended, uid, pk)

    def open_trial(self, uid: uuid.UUID, number: int) -> None:
        """From any thread: open a round on trial on the pads of a match that has not begun."""
        self._from_outside(self._trial, uid, number)

    def _from_outside(self, work: Callable[..., None], *arguments: Any) -> None:
        # The layer in memory belongs to the loop: touched from a thread, its news came seconds late or never.
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(work, *arguments)

    def _news(self, uid: uuid.UUID, seq: int) -> None:
        self._show(uid, seq)
        self._publish("news", uid, seq)

    def _show(self, uid: uuid.UUID, seq: int) -> None:
        room = self.rooms.get(uid)
        if room and not seq:
            room.look_soon()
        elif room and (not room.frame or seq > room.frame.seq):
            room.look()

    def _ended(self, uid: uuid.UUID, pk: int) -> None:
        if uid in self.rooms:
            self.rooms[uid].end_seat(pk)
        self._publish("ended", uid, pk)

    def _trial(self, uid: uuid.UUID, number: int) -> None:
        self.trials.show(uid, number)
        self._publish("trial", uid, number)

    def _publish(self, what: str, uid: uuid.UUID, number: int) -> None:
        self._spawn(self._send({"what": what, "match": uid.hex, "number": number}))

    async def _send(self, message: dict[str, Any]) -> None:
        """One message to every process, or none: the rooms look for themselves."""
        layer = get_channel_layer()
        if layer is not None and not isinstance(layer, InMemoryChannelLayer):
            with contextlib.suppress(Exception):
                async with asyncio.timeout(2):
                    await layer.group_send(GROUP, {"type": "contests", "from": self.name, **message})

    # The line to the other processes

    async def _hold_the_line(self) -> None:
        """Listen, and send a beat through the layer every second: when none comes back, the line is lost.

        Then every device is asked to come back (1012), so that it begins with a fresh snapshot; those who do
        are served from the database meanwhile. The line is taken up anew until beats come back.
        """
        listening = asyncio.create_task(self._listen())
        try:
            while True:
                self._missed += 1
                await self._send({"what": "beat"})
                await asyncio.sleep(BEAT_SECONDS)
                if self._missed == LOST_AFTER:
                    logger.warning("the channel layer is lost: every device is asked to come back")
                    for room in self.rooms.values():
                        room.close_all(RESTART)
                if self._missed and self._missed % ANEW_AFTER == 0:
                    listening.cancel()
                    listening = asyncio.create_task(self._listen(anew=True))
        finally:
            listening.cancel()

    async def _listen(self, anew: bool = False) -> None:
        layer = get_channel_layer()
        while layer is not None:
            try:
                if anew:
                    async with asyncio.timeout(2):
                        await layer.flush()
                channel = await layer.new_channel("contests.")
                await layer.group_add(GROUP, channel)
                while True:
                    self._hear(await layer.receive(channel))
            except (
                Exception
            ):  # Redis may be lost in any way at any time; the rooms look for themselves meanwhile
                anew = True
                await asyncio.sleep(BEAT_SECONDS)

    def _hear(self, message: dict[str, Any]) -> None:
        if message["from"] == self.name:
            self._missed = 0
            return
        if message["what"] == "beat":
            return
        uid, number = uuid.UUID(message["match"]), message["number"]
        if message["what"] == "news":
            self._show(uid, number)
        elif message["what"] == "trial":
            self.trials.show(uid, number)
        elif uid in self.rooms:
            self.rooms[uid].end_seat(number)

    # The safety net

    async def _watch(self) -> None:
        """Every room compares itself with the database every second or two, and its seats now and then."""
        turn = 0
        while True:
            await asyncio.sleep(WATCH_SECONDS * random.uniform(0.7, 1.3))
            turn += 1
            try:
                await self._look_around(seats=turn % SEATS_EVERY == 0)
            except Exception:  # the safety net must outlive every fault of the database
                logger.exception("the rooms could not be compared with the database; tried again at once")

    async def _look_around(self, seats: bool) -> None:
        for uid in [uid for uid, room in self.rooms.items() if room.empty]:
            self.rooms.pop(uid).stop()
        if not self.rooms:
            return
        heads = await self.run(self.source.heads, list(self.rooms))
        for uid, room in list(self.rooms.items()):
            head = heads.get(uid)
            if head and room.frame and (head.seq, head.due_at) != (room.frame.seq, room.frame.due_at):
                room.look()
            room.show_who_is_there()
            if seats:
                await self._check_seats(room)

    async def _check_seats(self, room: Room) -> None:
        for pads in portions(room.pads, PLACES):
            found = await self.run(self.source.places, room.uid, [pad.place.pk for pad in pads])
            for pad in pads:
                if not stands(pad.place, found.get(pad.place.pk)):
                    pad.close(ENDED)


def _with_database(work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """In a thread of the pool: work with a connection that is good, or made anew next time."""
    close_old_connections()
    try:
        return work(*arguments)
    except Exception:  # passed on; the thread's connection may be what is broken
        if not connection.in_atomic_block:
            connection.close()
        raise
