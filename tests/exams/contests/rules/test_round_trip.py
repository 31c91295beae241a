"""The rolling minimum of a pad's round trips."""

import pytest

from exams.contests.rules.round_trip import KEPT, LEAST, LONGEST_MS, MOST_UNDERWAY, RoundTrips


def measured(*trips: float) -> RoundTrips:
    """A pad whose echoes took so long, one after the other."""
    pad = RoundTrips()
    for number, trip in enumerate(trips):
        pad.sent(str(number), 1000.0 * number)
        pad.answered(str(number), 1000.0 * number + trip)
    return pad


def test_too_few_measurements_say_nothing():
    pad = measured(*[40.0] * (LEAST - 1))
    assert (pad.minimum_ms, pad.median_ms, pad.jitter_ms) == (None, None, None)


def test_the_minimum_the_median_and_the_step_between_two():
    pad = measured(60, 40, 80, 50)
    assert (pad.minimum_ms, pad.median_ms) == (40, 55)
    assert pad.jitter_ms == pytest.approx((20 + 40 + 30) / 3)


def test_a_minimum_is_forgotten_when_it_leaves_the_window():
    assert measured(10, *[90] * (KEPT - 1)).minimum_ms == 10
    assert measured(10, *[90] * KEPT).minimum_ms == 90


def test_a_nonce_counts_once_and_a_foreign_one_never():
    pad = measured(50, 50, 50)
    pad.sent("own", 9000)
    assert pad.answered("foreign", 9001) is None
    assert pad.answered("own", 9070) == 70
    assert pad.answered("own", 9071) is None
    assert len(pad.kept) == 4


@pytest.mark.parametrize("trip", [-1.0, LONGEST_MS + 1.0])
def test_what_cannot_be_a_round_trip_is_not_counted(trip):
    pad = measured(50, 50, 50)
    pad.sent("odd", 9000)
    assert pad.answered("odd", 9000 + trip) is None
    assert len(pad.kept) == 3


def test_a_pad_that_never_answers_costs_no_memory():
    pad = RoundTrips()
    for number in range(1000):
        pad.sent(str(number), number)
    assert len(pad.underway) == MOST_UNDERWAY
    assert pad.answered("0", 1000) is None
    assert pad.answered("999", 1000) == 1
