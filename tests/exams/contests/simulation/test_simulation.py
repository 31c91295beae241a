"""The buzzer among equal people on unequal networks (docs/explanation/buzzer.md), and what a cheat gains."""

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.contests.rules import buzzer
from exams.contests.rules.round_trip import KEPT, RoundTrips
from tests.exams.contests.simulation.race import Network, Pad, match
from tests.exams.contests.simulation.report import DOC, FAR, TABLES, pair, shares

ways = st.lists(st.floats(20, 1600), min_size=KEPT, max_size=KEPT)
delays = st.lists(st.floats(0, 3000), min_size=KEPT, max_size=KEPT)


@pytest.mark.parametrize("name", TABLES)
def test_the_documented_figures_are_what_the_simulation_gives(name):
    told = DOC.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")[2].partition("<!-- end -->")[0]
    assert told == "\n".join(TABLES[name]()) + "\n"


@pytest.mark.parametrize("far", [10, 25, 50, 75])
def test_equal_people_within_the_cap_win_about_equally_often(far):
    assert 40 < statistics.mean(shares(pair(far), buzzer.CAP_MS, FAR, matches=40)) < 55


def test_without_the_correction_the_far_one_loses():
    assert statistics.mean(shares(pair(75), 0, FAR, matches=20)) < 15


def correction(trips: list[float]) -> float:
    pad = RoundTrips()
    for number, trip in enumerate(trips):
        pad.sent(str(number), 10_000.0 * number)
        pad.answered(str(number), 10_000.0 * number + trip)
    return buzzer.correction_ms(pad.minimum_ms)


@given(ways, delays)
def test_holding_echoes_back_gains_no_more_than_the_cap_less_the_true_way(true, held):
    honest = correction(true)
    gained = correction([way + delay for way, delay in zip(true, held, strict=True)]) - honest
    assert gained <= buzzer.CAP_MS - honest


@given(ways, delays, st.integers(0, KEPT - 1))
def test_one_honest_echo_in_the_window_undoes_the_held_back_ones(true, held, honest):
    held[honest] = 0
    seen = correction([way + delay for way, delay in zip(true, held, strict=True)])
    assert seen <= buzzer.correction_ms(true[honest])


@pytest.mark.parametrize("back", [0, 1_000, 3_600_000])
def test_a_clock_that_is_set_back_changes_no_press(back):
    played = []
    for clock in (0, back):
        chance = random.Random("clock")
        pads = {1: Pad(Network(10, chance)), 2: Pad(Network(40, chance), clock_back_ms=clock)}
        played.append(match(pads, 5, chance, buzzer.CAP_MS))
    assert played[0] == played[1]
