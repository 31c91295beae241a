"""What a room tells its devices, on a match that the test moves by hand."""

import asyncio
import uuid

import pytest

from exams.contests.consumers import live as lives
from exams.contests.consumers.pad import Pad, frame
from exams.contests.services import tickets
from lianbing.kit import clock
from tests.exams.contests.consumers.rooms import MATCH, Device, Scripted, opened, place, seconds


@pytest.fixture
def known(monkeypatch):
    """Tickets that are the number of the seat."""

    def read(text, *, match):
        if not text.isdigit():
            raise tickets.BadTicket
        return tickets.Ticket(match, int(text), "", 0, 0)

    monkeypatch.setattr(lives.tickets, "read", read)


def play(script, *places):
    """Run `script(hub, join, source)` in a loop of its own; `join(seat)` is a device that has its hello."""

    async def whole():
        source = Scripted(*places)
        hub, live = await opened(source)

        async def join(pk):
            device = Device(live, f"ticket={pk}")
            await device.until("hello")
            return device

        try:
            await script(hub, join, source)
        finally:
            await hub.stop()

    asyncio.run(whole())


SEATS = [
    place(1),
    place(2),
    place(9, "host"),
    place(20, "audience"),
    place(21, "audience"),
    place(30, "screen"),
]


@pytest.mark.usefixtures("known")
class TestRoom:
    def test_a_device_gets_the_whole_picture_first_and_its_own_part(self):
        async def script(hub, join, source):
            device = await join(1)
            hello = device.got[0]
            assert (hello["t"], hello["seq"], hello["view"]) == ("hello", 1, {"phase": "running"})
            assert hello["you"] == {"seat": 1, "seq": 1}
            assert "staff" not in hello
            assert (await join(9)).got[0]["staff"]["may"] == [1]

        play(script, *SEATS)

    def test_news_goes_to_everybody_with_only_what_changed(self):
        async def script(hub, join, source):
            devices = [await join(pk) for pk in (1, 20, 30, 9)]
            source.move("opened", clock={"left": 5})
            hub.announce(MATCH, 2)
            for device in devices:
                [news] = await device.until("news")
                assert (news["seq"], news["patch"]) == (2, {"clock": {"left": 5}})
            assert (await devices[3].until("staff"))[0]["staff"] == {"may": [2]}
            assert devices[0].of("staff") == []

        play(script, *SEATS)

    def test_events_read_at_once_are_one_message_that_says_where_it_begins(self):
        async def script(hub, join, source):
            device = await join(1)
            source.move("closed", phase="closed")
            source.move("ruled", score=10)
            hub.announce(MATCH, 3)
            [news] = await device.until("news")
            assert (news["from"], news["seq"]) == (1, 3)
            assert news["patch"] == {"phase": "closed", "score": 10}

        play(script, *SEATS)

    def test_the_hall_is_not_told_how_many_have_answered_until_something_happens(self):
        async def script(hub, join, source):
            team, hall = await join(1), await join(20)
            source.now = type(source.now)(**{**source.now.__dict__, "view": {"phase": "running", "given": 3}})
            hub.announce(MATCH, 0)
            assert (await team.until("news"))[0]["patch"] == {"given": 3}
            assert hall.of("news") == []
            source.move("closed", phase="closed")
            hub.announce(MATCH, 2)
            assert (await hall.until("news"))[0]["patch"] == {"given": 3, "phase": "closed"}

        play(script, *SEATS)

    def test_after_a_result_everybody_gets_their_own(self):
        async def script(hub, join, source):
            devices = [await join(pk) for pk in (1, 20, 21)]
            source.move("turn_closed")
            hub.announce(MATCH, 2)
            for device, pk in zip(devices, (1, 20, 21), strict=True):
                assert (await device.until("you"))[0]["you"] == {"seat": pk, "seq": 2}

        play(script, *SEATS)

    def test_the_audience_is_not_told_its_own_part_of_what_concerns_the_stage(self):
        async def script(hub, join, source):
            team, hall = await join(1), await join(20)
            source.move("ruled", score=1)
            hub.announce(MATCH, 2)
            await team.until("you")
            await asyncio.sleep(0.2)
            assert hall.of("you") == []

        play(script, *SEATS)

    def test_a_match_that_moved_in_another_process_is_found_within_seconds(self):
        async def script(hub, join, source):
            device = await join(1)
            source.move("paused", paused=True)
            assert (await device.until("news", seconds=4))[0]["patch"] == {"paused": True}

        play(script, *SEATS)

    def test_the_rooms_clock_rings_when_the_time_is_up(self):
        async def script(hub, join, source):
            device = await join(1)
            source.move("opened", due_at=seconds(clock.now(), 0.2))
            hub.announce(MATCH, 2)
            await device.until("news")
            assert source.rung == 0
            await asyncio.sleep(0.4)
            hub.announce(MATCH, 3)
            assert (await device.until("news", 2))[1]["patch"] == {"phase": "closed"}
            assert source.rung == 1

        play(script, *SEATS)

    def test_the_database_is_asked_in_threads_of_the_rooms_own(self):
        async def script(hub, join, source):
            await join(1)
            assert {name.split("_")[0] for name in source.threads} == {"contests"}

        play(script, *SEATS)

    def test_a_room_ends_with_its_last_device(self):
        async def script(hub, join, source):
            device = await join(1)
            device.inbox.put_nowait({"type": "websocket.disconnect", "code": 1001})
            await device.ended()
            await asyncio.sleep(2.2)
            assert hub.rooms == {}

        play(script, *SEATS)

    def test_a_thousand_join_at_once_with_a_few_questions_to_the_database(self):
        async def script(hub, join, source):
            asked = []
            plain = source.places
            source.places = lambda uid, pks: asked.append(len(pks)) or plain(uid, pks)
            devices = await asyncio.gather(*(join(pk) for pk in range(100, 1100)))
            assert len(devices) == 1000
            assert len(asked) < 60

        play(script, *(place(pk, "audience") for pk in range(100, 1100)))


@pytest.mark.usefixtures("known")
class TestWhoIsSentAway:
    @pytest.mark.parametrize(("query", "uid", "code"), [("ticket=x", MATCH, 4401), ("", MATCH, 4401)])
    def test_without_a_good_ticket(self, query, uid, code):
        async def script(hub, join, source):
            assert await Device(lives.Live(hub), query, uid).ended() == code

        play(script, *SEATS)

    def test_a_seat_that_is_not_there_and_a_match_that_is_not_there(self):
        async def script(hub, join, source):
            assert await Device(lives.Live(hub), "ticket=77").ended() == 4403
            assert await Device(lives.Live(hub), "ticket=1", uuid.UUID(int=8)).ended() == 4404

        async def elsewhere(hub, join, source):
            source.places = lambda uid, pks: {}
            await script(hub, join, source)

        play(elsewhere, *SEATS)

    def test_a_seat_that_ends_closes_its_device_alone(self):
        async def script(hub, join, source):
            one, other = await join(1), await join(2)
            hub.end_seat(MATCH, 1)
            assert await one.ended() == 4403
            assert other.code is None

        play(script, *SEATS)

    def test_a_seat_that_ended_in_another_process_is_found(self):
        async def script(hub, join, source):
            device = await join(1)
            source.seats[1] = place(1, generation=1)
            await hub._look_around(seats=True)
            assert await device.ended() == 4403

        play(script, *SEATS)

    def test_a_device_that_never_stops_talking(self):
        async def script(hub, join, source):
            device = await join(1)
            for _ in range(400):
                device.say(t="pong", n="")
            assert await device.ended() == 4429

        play(script, *SEATS)


@pytest.mark.usefixtures("known")
class TestSlowDevices:
    def test_one_that_does_not_read_delays_nobody_and_is_told_to_catch_up(self):
        async def script(hub, join, source):
            slow, quick = await join(20), await join(21)
            slow.writable.clear()
            for number in range(5):
                source.move("ruled", score=number)
                hub.announce(MATCH, source.now.seq)
                await quick.until("news", number + 1)
            assert slow.of("news") == []
            slow.writable.set()
            assert (await slow.until("ping", 2))[-1]["seq"] == 6
            source.move("ruled", score=9)
            hub.announce(MATCH, source.now.seq)
            assert (await slow.until("news"))[0]["seq"] == source.now.seq

        play(script, *SEATS)

    def test_one_that_never_reads_again_is_let_go(self, monkeypatch):
        monkeypatch.setattr("exams.contests.consumers.pad.PATIENCE_SECONDS", 0.1)

        async def script(hub, join, source):
            slow = await join(20)
            slow.writable.clear()
            source.move("ruled", score=1)
            hub.announce(MATCH, 2)
            await slow.ended()
            assert hub.rooms[MATCH].pads == []

        play(script, *SEATS)

    def test_nothing_is_queued_for_one_that_is_behind(self):
        async def whole():
            stuck = asyncio.Event()

            async def send(message):
                await stuck.wait()

            pad = Pad(place(1), send, lambda: None)
            assert [pad.offer(frame("x")) for _ in range(50)] == [False] * 50
            assert pad.behind
            pad.leave()

        asyncio.run(whole())


@pytest.mark.usefixtures("known")
class TestManyDevices:
    def test_of_too_many_devices_of_one_seat_the_oldest_gives_way(self, monkeypatch):
        monkeypatch.setattr("exams.contests.consumers.room.MOST_DEVICES", 2)

        async def script(hub, join, source):
            other = await join(21)
            devices = [await join(20) for _ in range(4)]
            assert [await one.ended() for one in devices[:2]] == [4429, 4429]
            assert [one.code for one in (*devices[2:], other)] == [None, None, None]
            assert len(hub.rooms[MATCH].pads) == 3

        play(script, *SEATS)

    def test_the_clock_waits_for_answers_that_are_already_here(self, monkeypatch):
        monkeypatch.setattr("exams.contests.consumers.inbox.MOST_IN_A_BATCH", 1)

        async def script(hub, join, source):
            devices, seen = [await join(pk) for pk in (20, 21)], []
            rings = source.due
            source.due = lambda uid: seen.append(len(source.kept)) or rings(uid)
            source.move("opened", due_at=clock.now())
            for device in devices:
                device.say(t="act", id=str(uuid.uuid4()), what="answer", turn=5, response=["a"])
            await asyncio.sleep(0.05)
            hub.announce(MATCH, 2)
            for device in devices:
                await device.until("ack")
            await devices[0].until("news", 2)
            assert seen[0] == 2

        play(script, *SEATS)
