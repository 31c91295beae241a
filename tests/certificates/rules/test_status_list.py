"""The list of what was revoked."""

import gzip

import pytest

from certificates.rules import signing, status_list
from certificates.rules.signing import Untrusted

PLACES = (0, 7, 8, 48_211, status_list.LENGTH - 1)


def test_the_places_revoked_are_set_and_their_neighbours_are_not():
    text = status_list.encoded(PLACES)
    assert all(status_list.is_set(text, place) for place in PLACES)
    assert not any(status_list.is_set(text, place) for place in (1, 6, 9, 48_210, 48_212))


def test_it_is_written_as_the_specification_says():
    raw = gzip.decompress(signing.unb64(status_list.encoded([0])[1:]))
    assert (len(raw), raw[0], status_list.encoded([0])[0]) == (16_384, 0x80, "u")
    assert status_list.encoded({5, 3}) == status_list.encoded({3, 5})


@pytest.mark.parametrize("place", [-1, status_list.LENGTH])
def test_a_place_outside_the_list_is_malformed(place):
    with pytest.raises(Untrusted, match="malformed"):
        status_list.is_set(status_list.encoded([]), place)


def test_a_list_that_unpacks_without_end_is_malformed():
    bomb = "u" + signing.b64(gzip.compress(bytes(40_000_000)))
    for text in (bomb, "uAAAA", "zabc", None, 5, status_list.encoded([])[:-8]):
        with pytest.raises(Untrusted, match="malformed"):
            status_list.is_set(text, 0)
