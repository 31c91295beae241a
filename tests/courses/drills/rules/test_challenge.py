"""The challenge run: levels, the spare life, and when it is over."""

import pytest

from courses.drills.rules.challenge import WHOLE_RUN, Run, climb, levels_of, stands

Y, N = True, False


@pytest.mark.parametrize(
    ("rights", "asked", "passed", "spare", "over"),
    [
        ([], 30, 0, Y, N),
        ([Y, Y, Y, Y], 30, 0, Y, N),
        ([Y] * 5, 30, 1, Y, N),
        ([N, Y, Y, Y, Y], 30, 1, N, N),
        ([N, N], 30, 0, N, Y),
        ([N, Y, Y, Y, Y, Y, Y, Y, Y, Y], 30, 2, Y, N),
        ([N, Y, Y, Y, Y, N], 30, 1, N, Y),
        ([N, Y, Y, Y, Y, Y, Y, Y, Y, Y, N, Y, Y, Y, Y], 30, 3, N, N),
        ([N, N, Y, Y, Y], 30, 0, N, Y),
        ([Y] * 30, 30, 6, Y, Y),
        ([Y] * 29 + [N], 30, 6, N, Y),
        ([Y] * 3, 3, 1, Y, Y),
        ([Y] * 7, 7, 2, Y, Y),
        ([Y] * 9, 7, 2, Y, Y),
    ],
)
def test_a_run_stands_where_its_answers_led(rights, asked, passed, spare, over):
    run = stands(rights, asked)
    assert (run.passed, run.spare, run.over) == (passed, spare, over)


def test_the_level_being_climbed_is_never_above_the_last():
    assert [stands([Y] * n, 30).level for n in (0, 4, 5, 29, 30)] == [1, 1, 2, 6, 6]


def test_a_run_is_won_when_every_level_was_passed():
    assert stands([Y] * 30, 30).won
    assert not stands([N, N], 30).won


def test_the_last_level_may_be_shorter():
    assert [levels_of(n) for n in (1, 5, 6, 30)] == [1, 1, 2, 6]
    assert stands([], 6) == Run(passed=0, level=1, levels=2, spare=True, over=False)


def test_a_run_climbs_from_easy_to_hard():
    assert climb([(1, 5), (2, 1), (3, 3), (4, 1)]) == [2, 4, 3, 1]


def test_a_large_bank_gives_a_whole_run_of_every_difficulty():
    bank = [(n, 1 if n < 900 else 1 + n % 5) for n in range(1000)]
    taken = climb(bank)
    assert len(taken) == len(set(taken)) == WHOLE_RUN
    levels = [dict(bank)[one] for one in taken]
    assert levels == sorted(levels)
    assert max(levels) > 1
