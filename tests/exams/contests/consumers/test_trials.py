"""The live side of the rehearsal: measured by the server, nothing taken from the pad but what its phone can do."""

import asyncio

import pytest

from exams.contests.consumers import live as lives
from exams.contests.rules.fitness import judge
from exams.contests.services import rehearsal, tickets
from tests.exams.contests.consumers.rooms import MATCH, Device, Scripted, opened, place

SEATS = [place(1), place(2), place(30, "audience")]


@pytest.fixture
def kept(monkeypatch):
    """What the service was asked to keep; tickets that are the number of the seat."""
    asked = []

    def record(*, seat, heard, at):
        asked.append(("check", seat, heard))
        return rehearsal.Checked(judge(None, 150), ["太远"], [])

    def pressed(*, seat, trial, received_ms, minimum_ms, at):
        asked.append(("tried", seat, trial))
        return 12.0

    monkeypatch.setattr(rehearsal, "record", record)
    monkeypatch.setattr(rehearsal, "pressed", pressed)
    monkeypatch.setattr(lives.tickets, "read", lambda text, match: tickets.Ticket(match, int(text), "", 0, 0))
    return asked


def play(script):
    """Run `script(hub, *devices)` with a device for each seat."""

    async def whole():
        hub, live = await opened(Scripted(*SEATS))
        devices = [Device(live, f"ticket={one.pk}") for one in SEATS]
        try:
            for device in devices:
                await device.until("hello")
            await script(hub, *devices)
        finally:
            await hub.stop()

    asyncio.run(whole())


def test_a_pad_is_told_what_was_measured_whatever_it_claims(kept):
    async def script(hub, pad, other, guest):
        del hub, other, guest
        pad.say(t="check", awake=True, sound="loud", minimum=1, median=1, jitter=0)
        (told,) = await pad.until("check")
        assert (told["fit"], told["unfit"], told["minimum"]) == (False, ["太远"], None)

    play(script)
    assert kept == [("check", 1, rehearsal.Heard(None, None, None, True, None))]


def test_a_round_on_trial_lights_every_pad_and_takes_its_own_presses_alone(kept):
    async def script(hub, pad, other, guest):
        hub.open_trial(MATCH, 77)
        await pad.until("trial")
        (lamp,) = await other.until("trial")
        assert (lamp["n"], guest.of("trial")) == (77, [])
        guest.say(t="tried", n=77)
        other.say(t="tried", n=76)
        pad.say(t="tried", n=77)
        (told,) = await pad.until("tried")
        assert told["correction"] == 12.0
        assert told["ms"] >= 0

    play(script)
    assert kept == [("tried", 1, 77)]
