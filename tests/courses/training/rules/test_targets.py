"""What a year asks for, what is missing, what goes over."""

from decimal import Decimal as D

import pytest

from courses.training.rules.periods import month, period_words, quarter, whole_year
from courses.training.rules.targets import PRESETS, Done, Target, standing, surplus

SIXTY = Target(D(60), law_hours=D(12), online_percent=50, carry_most=D(20))


@pytest.mark.parametrize(
    ("done", "missing", "law", "met"),
    [
        (Done(), "60", "12", False),
        (Done(D(48), law=D(8)), "12", "4", False),
        (Done(D(60), law=D(12)), "0", "0", True),
        (Done(D(60), law=D(8)), "4", "4", False),
        (Done(D(58), law=D(8)), "4", "4", False),
        (Done(D(60), law=D(12), online=D(40)), "10", "0", False),
        (Done(D(60), law=D(12), online=D(30)), "0", "0", True),
        (Done(D(60), law=D(12), carried=D(20)), "0", "0", True),
    ],
)
def test_hours_of_law_and_the_share_of_online_hours(done, missing, law, met):
    found = standing(SIXTY, done)
    assert (found.missing, found.missing_law, found.met) == (D(missing), D(law), met)


@pytest.mark.parametrize(
    ("done", "met"),
    [(Done(D(79), days=D("9.5")), False), (Done(D(80)), True), (Done(D(70), days=D(10)), True)],
)
def test_days_or_hours_whichever_is_reached(done, met):
    either = next(preset.target for preset in PRESETS if preset.code == "80")
    assert standing(either, done).met is met


def test_days_besides_hours():
    both = next(preset.target for preset in PRESETS if preset.code == "15-days")
    found = standing(both, Done(D(120), law=D(48), days=D("12.5")))
    assert (found.missing, found.missing_days, found.met) == (0, D("2.5"), False)


@pytest.mark.parametrize(
    ("done", "over"),
    [
        (Done(D(60)), "0"),
        (Done(D(70)), "10"),
        (Done(D(100)), "20"),
        (Done(D(75), carried=D(10)), "5"),
        (Done(D(70), online=D(40)), "0"),
        (Done(D(40)), "0"),
    ],
)
def test_the_surplus_that_goes_over(done, over):
    assert surplus(SIXTY, done) == D(over)
    assert surplus(Target(D(60)), done) == 0


def test_periods_are_called_by_their_short_names():
    assert period_words(*whole_year(2026)) == "2026"
    assert period_words(*month(2024, 2)) == "2024-02"
    assert period_words(*quarter(2026, 4)) == "2026 Q4"
    assert period_words(month(2026, 1)[0], month(2026, 2)[1]) == "2026-01-01 – 2026-02-28"
