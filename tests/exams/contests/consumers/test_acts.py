"""What devices ask for over the socket: stored by the batch, acknowledged after the commit, counted once."""

import asyncio
import uuid

import pytest

from tests.exams.contests.consumers.rooms import MATCH, place
from tests.exams.contests.consumers.test_room import SEATS, known, play

__all__ = ["known"]
pytestmark = pytest.mark.usefixtures("known")
ONE, TWO = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


def answer(device, asked=ONE, **more):
    device.say(t="act", id=asked, what="answer", turn=5, response=["a"], **more)


def test_an_answer_is_acknowledged_under_its_own_id():
    async def script(hub, join, source):
        device = await join(1)
        answer(device)
        assert await device.until("ack") == [{"t": "ack", "id": ONE}]
        assert source.kept == {(1, 5): uuid.UUID(ONE)}

    play(script, *SEATS)


def test_clicking_twenty_times_has_answered_once():
    async def script(hub, join, source):
        device = await join(1)
        for number in range(20):
            answer(device, ONE if number % 2 else TWO)
        await device.until("no", 10)
        assert len(device.of("ack")) == 10
        assert device.of("no")[0] == {"t": "no", "id": ONE, "code": "second", "text": "已经答过了。"}
        assert source.kept == {(1, 5): uuid.UUID(TWO)}

    play(script, *SEATS)


def test_a_thousand_answers_are_a_few_transactions():
    async def script(hub, join, source):
        devices = await asyncio.gather(*(join(pk) for pk in range(100, 1100)))
        for device in devices:
            answer(device)
        await asyncio.gather(*(device.until("ack", seconds=10) for device in devices))
        assert len(source.kept) == sum(source.batches) == 1000
        assert len(source.batches) < 50

    play(script, *(place(pk, "audience") for pk in range(100, 1100)))


def test_what_could_not_be_stored_is_not_acknowledged_and_may_come_again():
    async def script(hub, join, source):
        device = await join(1)
        source.failing = True
        answer(device)
        assert (await device.until("no"))[0]["code"] == "busy"
        source.failing = False
        answer(device)
        await device.until("ack")

    play(script, *SEATS)


def test_a_press_carries_the_way_to_the_device():
    async def script(hub, join, source):
        seen = []
        source.presses = lambda uid, batch: seen.extend(batch) or source.answers(uid, batch)
        device = await join(1)
        for number in range(4):
            ping = (await device.until("ping", number + 1))[number]
            device.say(t="pong", n=ping["n"])
        await asyncio.sleep(0.05)
        device.say(t="act", id=ONE, what="press", turn=5, opened=6)
        await device.until("ack")
        assert (seen[0][1].turn, seen[0][1].opened, seen[0][1].seat) == (5, 6, 1)
        assert 0 <= seen[0][1].rtt_ms < 50

    play(script, *SEATS)


def test_choosing_goes_to_the_rules():
    async def script(hub, join, source):
        device = await join(1)
        device.say(t="act", id=ONE, what="choose", turn=5, value=20)
        assert (await device.until("ack"))[0]["kind"] == "chosen"

    play(script, *SEATS)


@pytest.mark.parametrize(
    "message",
    [
        {"t": "act"},
        {"t": "act", "id": "x", "what": "answer", "turn": 1},
        {"t": "act", "id": ONE, "what": "answer", "turn": "1"},
        {"t": "act", "id": ONE, "what": "answer", "turn": -1},
        {"t": "act", "id": ONE, "what": "answer", "turn": 2**40},
        {"t": "act", "id": ONE, "what": "press", "turn": 1, "opened": None},
        {"t": "act", "id": ONE, "what": "fly", "turn": 1},
        {"t": "act", "id": {"a": 1}, "what": ["x"], "turn": 1},
        {"t": "act", "id": ONE, "what": "answer", "turn": 1, "response": "长" * 9000},
    ],
)
def test_what_cannot_be_read_is_refused_in_words(message):
    async def script(hub, join, source):
        device = await join(1)
        device.say(**message)
        [no] = await device.until("no")
        assert no["code"] in {"malformed", "too_large"}
        assert no["text"]
        answer(device)
        await device.until("ack")

    play(script, *SEATS)


@pytest.mark.parametrize("text", ["", "[]", "1", "null", "{", "[" * 5000, '{"t": {}}', '{"t": "sing"}'])
def test_nonsense_ends_nothing(text):
    async def script(hub, join, source):
        device = await join(1)
        device.inbox.put_nowait({"type": "websocket.receive", "text": text})
        device.inbox.put_nowait({"type": "websocket.receive", "bytes": b"\x00"})
        answer(device)
        await device.until("ack")

    play(script, *SEATS)


def test_a_device_that_asks_again_gets_the_whole_picture():
    async def script(hub, join, source):
        device = await join(1)
        source.move("ruled", score=3)
        hub.announce(MATCH, 2)
        device.say(t="sync")
        assert (await device.until("hello", 2))[1]["view"]["score"] == 3

    play(script, *SEATS)


@pytest.mark.parametrize(
    "said",
    [
        {"id": "\ud800", "what": "answer"},
        {"id": ONE, "what": ["answer"]},
        {"id": [["x"]], "what": "answer"},
    ],
)
def test_what_is_not_of_its_type_ends_no_connection(said):
    async def script(hub, join, source):
        device = await join(1)
        device.say(t="pong", n=["x"])
        device.say(t="act", turn=5, **said)
        assert (await device.until("no"))[0]["code"] == "malformed"
        answer(device)
        await device.until("ack")

    play(script, *SEATS)
