"""Several processes behind one Redis: two hubs that know of each other through the layer alone."""

import asyncio
import subprocess
import time

import pytest

from exams.contests.consumers import hub as hubs
from tests import services
from tests.exams.contests.consumers.rooms import MATCH, Device, opened, place
from tests.exams.contests.consumers.test_room import SEATS, known, play

__all__ = ["known"]
pytestmark = pytest.mark.usefixtures("known")


@pytest.fixture
def redis(settings, tmp_path):
    """Redis on a port of its own: call it to start it again after `kill`."""
    import shutil

    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    port = services.free_port()
    running = []

    def start():
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        services._wait(running[-1], port, tmp_path)

    def kill():
        running[-1].kill()
        running[-1].wait()

    start.kill = kill
    start()
    url = f"redis://127.0.0.1:{port}/0"
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [url]}}
    }
    yield start
    kill()


async def _another(source):
    other, live = await opened(source)
    device = Device(live, "ticket=2")
    await device.until("hello")
    await asyncio.sleep(0.5)
    return other, device


def test_what_happens_in_one_process_is_heard_in_the_other_at_once(redis, monkeypatch):
    monkeypatch.setattr(hubs, "WATCH_SECONDS", 60)

    async def script(hub, join, source):
        other, device = await _another(source)
        source.move("opened", clock=5)
        began = time.monotonic()
        hub.announce(MATCH, 2)
        assert (await device.until("news"))[0]["patch"] == {"clock": 5}
        assert time.monotonic() - began < 1
        await other.stop()

    play(script, *SEATS)


def test_a_seat_that_ends_in_one_process_is_closed_in_the_other(redis):
    async def script(hub, join, source):
        other, device = await _another(source)
        hub.end_seat(MATCH, 2)
        assert await device.ended() == 4403
        await other.stop()

    play(script, *SEATS)


def test_the_layer_carries_one_message_a_process_however_many_devices(redis):
    async def script(hub, join, source):
        heard = []
        plain = hub._hear
        hub._hear = lambda message: heard.append(message["what"]) or plain(message)
        other, _device = await _another(source)
        for pk in (1, 20, 21, 30):
            await join(pk)
        other.announce(MATCH, 2)
        await asyncio.sleep(0.5)
        assert heard.count("news") == 1
        await other.stop()

    play(script, *SEATS)


def test_when_redis_is_lost_devices_come_back_and_nothing_that_happened_is_missed(redis, monkeypatch):
    monkeypatch.setattr(hubs, "BEAT_SECONDS", 0.2)

    async def script(hub, join, source):
        device = await join(1)
        await asyncio.sleep(0.5)
        redis.kill()
        assert await device.ended(10) == 1012
        again = await join(1)
        source.move("ruled", score=7)
        hub.announce(MATCH, 2)
        assert (await again.until("news"))[0]["patch"] == {"score": 7}
        redis()
        async with asyncio.timeout(10):
            while hub._missed > 1:
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        assert again.code is None
        assert hub._missed <= 1

    play(script, place(1))
