"""Who pressed first, and from when on that is certain."""

import collections
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.contests.rules import buzzer
from exams.contests.rules.buzzer import BuzzerRules, Press

SEED = b"s" * 32
RULES = BuzzerRules()
EVEN = {1: Decimal(100), 2: Decimal(100), 3: Decimal(100)}
presses = st.lists(
    st.builds(
        Press,
        team=st.integers(1, 16),
        received_ms=st.integers(0, 2000),
        correction_ms=st.integers(0, buzzer.CAP_MS),
    ),
    max_size=16,
)


def seats(*given: Press, rules: BuzzerRules = RULES, scores=EVEN, turn: int = 7) -> list[int]:
    return [one.team for one in buzzer.order(given, rules, scores, SEED, turn).order]


@pytest.mark.parametrize(
    ("trip", "expected"), [(None, 0), (-5.0, 0), (12.44, 12.4), (149.6, 149.6), (150.0, 150), (800.0, 150)]
)
def test_a_correction_is_the_shortest_round_trip_and_never_more_than_the_cap(trip, expected):
    assert buzzer.correction_ms(trip) == expected


def test_a_press_is_never_dated_back_to_before_the_opening():
    assert Press(1, 120, 150).corrected_ms == 0
    assert Press(1, 420, 150).corrected_ms == 270


def test_the_order_is_that_of_the_corrected_moments():
    assert seats(Press(1, 400, 10), Press(2, 450, 100), Press(3, 600, 0)) == [2, 1, 3]


def test_of_a_team_the_first_press_counts():
    ranked = buzzer.order(
        [Press(1, 500, 0, player=4), Press(1, 450, 0, player=5), Press(2, 480)], BuzzerRules(), EVEN, SEED, 7
    )
    assert [(one.team, one.player) for one in ranked.order] == [(1, 5), (2, None)]


def test_a_tie_goes_to_the_lower_score():
    scores = {1: Decimal(120), 2: Decimal(90)}
    ranked = buzzer.order([Press(1, 400), Press(2, 420)], BuzzerRules(), scores, SEED, 7)
    assert (ranked.winner.team, ranked.tied, ranked.decided) == (2, (1, 2), "lower_score")


def test_a_millisecond_beyond_the_window_is_no_tie():
    scores = {1: Decimal(120), 2: Decimal(90)}
    ranked = buzzer.order([Press(1, 400), Press(2, 421)], BuzzerRules(), scores, SEED, 7)
    assert (ranked.winner.team, ranked.tied, ranked.decided) == (1, (), "time")


def test_the_earlier_receipt_decides_where_the_rulebook_says_so():
    rules = BuzzerRules(tie_rule="earlier")
    assert seats(Press(1, 430, 35), Press(2, 410, 0), rules=rules) == [2, 1]


def test_a_tie_to_be_pressed_again_has_no_winner():
    ranked = buzzer.order(
        [Press(1, 400), Press(2, 405), Press(3, 900)], BuzzerRules(tie_rule="again"), EVEN, SEED, 7
    )
    assert (ranked.winner, ranked.tied, ranked.decided) == (None, (1, 2), "again")


def test_equal_scores_are_drawn_and_turn_by_turn_anew():
    won = collections.Counter(seats(Press(1, 400), Press(2, 400), turn=turn)[0] for turn in range(400))
    assert seats(Press(1, 400), Press(2, 400)) == seats(Press(2, 400), Press(1, 400))
    assert 150 < won[1] < 250


def test_nobody_who_pressed_before_the_opening_has_a_place():
    assert seats(Press(1, -3, 0), Press(2, 300, 0)) == [2]


@given(presses)
def test_the_order_holds_every_team_once_and_nobody_by_more_than_the_window_too_early(given):
    ranked = buzzer.order(given, BuzzerRules(), EVEN, SEED, 7).order
    assert sorted(one.team for one in ranked) == sorted({one.team for one in given})
    for before, after in itertools.pairwise(ranked):
        assert before.corrected_ms <= after.corrected_ms + buzzer.TIE_WINDOW_MS


@given(presses, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_rows(given, chance):
    mixed = list(given)
    chance.shuffle(mixed)
    for rule in buzzer.TIE_RULES:
        rules = BuzzerRules(tie_rule=rule)
        asked = [buzzer.order(rows, rules, EVEN, SEED, 7) for rows in (given, mixed)]
        assert [p.team for p in asked[0].order] == [p.team for p in asked[1].order]
        assert asked[0].tied == asked[1].tied


@given(presses.filter(bool), st.integers(0, buzzer.CAP_MS), st.integers(0, 400))
def test_a_press_after_the_announcement_could_not_have_changed_it(given, correction, later):
    rules = BuzzerRules()
    final = buzzer.final_at_ms(given, rules)
    late = Press(99, final + later, correction)
    before, after = (buzzer.order(rows, rules, {}, SEED, 7) for rows in (given, [*given, late]))
    assert (before.winner, before.tied) == (after.winner, after.tied)


def test_the_wait_is_the_cap_and_the_window_and_less_when_nobody_far_away_is_left():
    given = [Press(1, 300, 20)]
    assert buzzer.final_at_ms([], BuzzerRules()) is None
    assert buzzer.final_at_ms(given, BuzzerRules()) == 280 + 20 + 150 + 1
    assert buzzer.final_at_ms(given, BuzzerRules(), [10, 40]) == 280 + 20 + 40 + 1
    assert buzzer.final_at_ms(given, BuzzerRules(), []) == 300
