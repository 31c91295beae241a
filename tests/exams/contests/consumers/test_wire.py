"""Frames made once are the frames that the protocol wants."""

import pytest
from websockets.frames import Frame, Opcode

from exams.contests.consumers import wire


@pytest.mark.parametrize("size", [0, 1, 125, 126, 4000, 65535, 65536, 90000])
def test_a_frame_is_what_the_library_would_have_made(size):
    text = "抢" + "x" * max(0, size - 3) if size >= 3 else "x" * size
    assert wire.framed(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)


def test_another_servers_send_has_no_short_way():
    async def send(message):
        del message

    assert wire.connection_of(send) is None
