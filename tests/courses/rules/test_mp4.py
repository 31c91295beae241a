"""How long a film runs, and what is no film."""

import pytest

from courses.rules import mp4
from tests.factories.films import film


def seconds(data):
    return mp4.seconds(lambda start, length: data[start : start + length], len(data))


@pytest.mark.parametrize("header_last", [False, True])
@pytest.mark.parametrize("length", [0, 1, 90, 36000])
def test_the_running_time_is_read_from_the_header(length, header_last):
    assert seconds(film(length, header_last=header_last)) == length


def test_a_part_of_a_second_counts_as_one():
    assert (
        seconds(
            film(1).replace(
                (1000).to_bytes(4, "big") * 2, (1000).to_bytes(4, "big") + (1001).to_bytes(4, "big")
            )
        )
        == 2
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\0\0\0\x08ftyp",
        film(5)[:40],
        b"\0\0\0\x08ftyp" + b"\0\0\0\0junk",
        b"\0\0\0\x08ftyp" + b"\0\0\0\x01moov" + b"\xff" * 8,
        film(5).replace((1000).to_bytes(4, "big"), b"\0\0\0\0", 1),
        b"\0\0\0\x08ftyp" + b"\0\0\0\x08free" * 5000,
    ],
)
def test_what_is_no_film_is_refused(data):
    with pytest.raises(mp4.NotAFilm):
        seconds(data)
