"""Which pad is fit for a match, and why not."""

from dataclasses import replace

import pytest

from exams.contests.rules.fitness import Measured, judge

GOOD = Measured(minimum_ms=20, median_ms=25, jitter_ms=6, awake=True, sound=True, pressed=True)


def test_a_near_and_steady_pad_with_everything_tried_is_fit():
    verdict = judge(GOOD, 150)
    assert (verdict.fit, verdict.notes, verdict.todo) == (True, (), ())


@pytest.mark.parametrize(
    ("changed", "unfit"),
    [
        ({"minimum_ms": 151, "median_ms": 160}, ("too_far",)),
        ({"minimum_ms": 150, "median_ms": 160}, ()),
        ({"jitter_ms": 61}, ("unsteady",)),
        ({"median_ms": 141}, ("unsteady",)),
        ({"minimum_ms": 400, "median_ms": 700, "jitter_ms": 300}, ("too_far", "unsteady")),
        ({"minimum_ms": None}, ("not_measured",)),
        ({"silent_seconds": 31}, ("absent",)),
    ],
)
def test_what_makes_a_pad_unfit(changed, unfit):
    assert judge(replace(GOOD, **changed), 150).unfit == unfit


def test_a_smaller_cap_makes_more_pads_too_far():
    assert judge(replace(GOOD, minimum_ms=60, median_ms=65), 50).unfit == ("too_far",)


def test_a_screen_that_sleeps_and_a_sound_nobody_heard_are_notes():
    verdict = judge(replace(GOOD, awake=False, sound=False), 150)
    assert (verdict.fit, verdict.notes) == (True, ("sleeps", "silent"))


def test_what_was_not_tried_is_still_to_do():
    verdict = judge(Measured(minimum_ms=20, median_ms=20, jitter_ms=0), 150)
    assert verdict.todo == ("try_screen", "try_sound", "try_press")


def test_a_pad_never_heard_of_is_absent():
    assert judge(None, 150).unfit == ("absent",)
