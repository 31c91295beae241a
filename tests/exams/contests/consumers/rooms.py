"""A match made of plain values, and devices without a network, for the tests of rooms."""

import asyncio
import datetime
import json
import threading
import uuid
from dataclasses import replace

from exams.contests.consumers.hub import Hub
from exams.contests.consumers.live import Live
from exams.contests.consumers.pad import encode
from exams.contests.consumers.shapes import Frame
from exams.contests.queries.live import Head, Place
from exams.contests.services.answers import Verdict

MATCH = uuid.UUID(int=7)


def frame_of(seq=1, kinds=(), due_at=None, **view):
    """A frame with this view."""
    return Frame(MATCH, seq, view, encode(view), due_at, frozenset(kinds))


def place(pk, role="team", **fields):
    """A seat."""
    known = {"team": pk if role == "team" else None, "player": None, "user": None, "name": str(pk)}
    return Place(**{"pk": pk, "role": role, "generation": 0, "epoch": 0, **known, **fields})


class Scripted:
    """A source whose match the test moves by hand."""

    def __init__(self, *places):
        self.now = frame_of(phase="running")
        self.seats = {one.pk: one for one in places}
        self.kept, self.batches, self.rung, self.threads = {}, [], 0, set()
        self.failing = False

    def move(self, *kinds, due_at=None, **view):
        """One event more."""
        self.now = frame_of(self.now.seq + 1, kinds, due_at, **{**self.now.view, **view})

    def frame(self, uid, old):
        self.threads.add(threading.current_thread().name)
        return replace(self.now, uid=uid) if uid == MATCH else None

    def staff(self, frame):
        return {"may": [frame.seq]}

    def places(self, uid, pks):
        return {pk: self.seats[pk] for pk in pks if pk in self.seats}

    def yous(self, frame, places):
        return {one.pk: {"seat": one.pk, "seq": frame.seq} for one in places}

    def heads(self, uids):
        return {uid: Head(self.now.seq, self.now.due_at) for uid in uids if uid == MATCH}

    def answers(self, uid, batch):
        if self.failing:
            raise OSError("the database is away")
        self.batches.append(len(batch))
        return [self._keep(place, sent) for place, sent in batch]

    presses = answers

    def _keep(self, place, sent):
        kept = self.kept.setdefault((place.pk, sent.turn), sent.client_uid)
        if kept == sent.client_uid:
            return Verdict(sent.client_uid, ok=True)
        return Verdict(sent.client_uid, ok=False, code="second", text="已经答过了。")

    def act(self, uid, place, act):
        return Verdict(act.client_uid, ok=True, data={"kind": act.kind})

    def due(self, uid):
        self.rung += 1
        self.move("closed", due_at=None, phase="closed")


class Device:
    """A connection as the server makes it: what it was sent, and a way to stop reading."""

    def __init__(self, live, query="", uid=MATCH):
        self.scope = {
            "type": "websocket",
            "query_string": query.encode(),
            "url_route": {"kwargs": {"uid": uid}},
        }
        self.inbox, self.got, self.code = asyncio.Queue(), [], None
        self.writable = asyncio.Event()
        self.writable.set()
        self.news = asyncio.Event()
        self.inbox.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(live(self.scope, self.inbox.get, self._send))

    async def _send(self, message):
        await self.writable.wait()
        if message["type"] == "websocket.send":
            self.got.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.code = message["code"]
            self.inbox.put_nowait({"type": "websocket.disconnect", "code": message["code"]})
        self.news.set()

    def say(self, **message):
        """Send a message to the server."""
        self.inbox.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    def of(self, kind):
        """The messages of a kind so far."""
        return [one for one in self.got if one["t"] == kind]

    async def until(self, kind, count=1, seconds=3):
        """The messages of a kind, once there are `count`."""
        async with asyncio.timeout(seconds):
            while len(self.of(kind)) < count:
                self.news.clear()
                await self.news.wait()
        return self.of(kind)

    async def ended(self, seconds=3):
        """The code with which the connection was closed."""
        async with asyncio.timeout(seconds):
            await asyncio.wait([self.task])
        return self.code


async def opened(source):
    """A hub at work and its application."""
    hub = Hub(source)
    await hub.start()
    return hub, Live(hub)


def seconds(moment, number):
    """A moment so many seconds later."""
    return moment + datetime.timedelta(seconds=number)
