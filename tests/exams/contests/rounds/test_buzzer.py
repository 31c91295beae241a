"""抢答: who presses first answers, who presses before the opening pays."""

import pytest

from exams.contests import state
from exams.contests.rules.match import TurnPhase
from tests.exams.contests.tables import Table


def _table(**settings):
    return Table.running("buzzer", items=20, **settings)


@pytest.mark.parametrize(
    ("settings", "verdict", "score"),
    [
        ({}, "right", 110),
        ({}, "wrong", 90),
        ({}, "timeout", 90),
        ({"timeout": "nothing"}, "timeout", 100),
        ({"points": "20", "penalty": "5"}, "wrong", 95),
        ({}, "void", 100),
    ],
)
def test_the_winner_gains_or_loses_what_the_settings_say(settings, verdict, score):
    table = _table(**settings)
    table.opened()
    table.pressed((2, 300), (1, 900))
    assert (table.turn.team, table.turn.phase) == (2, TurnPhase.ANSWERING)
    table.ruled(verdict)
    assert table.scores == [100, score, 100]


def test_the_winner_has_the_seconds_of_the_rule_from_the_announcement_on():
    table = _table(seconds=30, start_seconds=10, press_seconds=8)
    table.opened()
    assert (table.turn.ends_at - table.at).seconds == 8
    assert table.turn.starts_by is None
    table.pressed((2, 300))
    assert (table.turn.ends_at - table.at).seconds == 30
    assert (table.turn.starts_by - table.at).seconds == 10


def test_nobody_presses_and_the_question_is_over():
    table = _table()
    table.opened()
    assert table.refused("turn_closed") == "not_ruled"
    table.go("closed", reason="time")
    assert table.refused("passed", to="audience") == "not_passed_there"
    table.go("turn_closed")
    assert table.scores == [100, 100, 100]


def test_nobody_presses_and_the_question_goes_to_the_audience():
    table = _table(no_press="audience")
    table.opened()
    table.go("closed", reason="time")
    table.go("passed", to="audience")
    assert table.turn.audience


def test_an_early_press_costs_points_and_the_item_goes_to_the_audience():
    table = _table(early="to_audience", early_penalty="10")
    table.asked()
    table.go("early", team=2, player=21)
    assert table.scores == [100, 90, 100]
    assert (table.turn.audience, table.turn.early) == (True, (2,))
    assert table.refused("opened") == "wrong_phase"
    assert table.refused("pressed", presses=[{"team": 1, "received_ms": 5}]) == "wrong_phase"
    table.go("turn_closed")


def test_an_early_press_loses_the_item_only():
    table = _table(early="lose_item")
    table.asked()
    table.go("early", team=2)
    table.go("opened")
    assert not state.may_press(table.state, 2)
    table.pressed((2, 10), (3, 400))
    assert table.turn.team == 3
    table.ruled("right")
    assert table.scores == [100, 100, 110]


def test_the_second_early_press_costs():
    table = _table(early="second_costs", early_penalty="20")
    for score in (100, 80, 60):
        table.asked()
        table.go("early", team=1)
        table.go("opened")
        table.go("closed", reason="time")
        table.go("turn_closed")
        assert table.scores == [score, 100, 100]
    assert table.state.team(1).early == 3


def test_who_pressed_early_may_not_press_early_again_for_this_item():
    table = _table(early="lose_item")
    table.asked()
    table.go("early", team=2)
    assert table.refused("early", team=2) == "may_not_press"


def test_when_all_have_pressed_early_the_question_is_over():
    table = _table(early="lose_item")
    table.asked()
    for team in (1, 2, 3):
        table.go("early", team=team)
    assert table.turn.phase is TurnPhase.CLOSED
    table.go("turn_closed")


def test_who_presses_while_it_is_read_answers_and_pays_if_it_cannot_be_restated():
    table = _table(early="restate", early_penalty="10", penalty="5")
    table.asked()
    table.go("early", team=2, player=22)
    assert (table.turn.team, table.turn.player, table.turn.restate) == (2, 22, True)
    table.ruled("wrong")
    assert table.scores == [100, 90, 100]


def test_after_a_miss_the_next_in_the_order_of_presses_answers():
    table = _table(after_miss="next")
    table.opened()
    table.pressed((3, 500), (1, 300), (2, 400))
    table.go("ruled", team=1, verdict="wrong")
    assert table.refused("passed", to=3) == "not_passed_there"
    table.go("passed", to=2)
    table.go("ruled", team=2, verdict="wrong")
    table.go("passed", to=3)
    table.go("ruled", team=3, verdict="right")
    assert table.refused("passed", to=1) == "not_passed_there"
    table.go("turn_closed")
    assert table.scores == [90, 90, 110]


def test_presses_in_a_tie_under_again_open_the_question_for_the_tied_only():
    table = Table.running("buzzer", items=5, book={"buzzer": {"tie_rule": "again"}})
    table.opened()
    first = table.turn.opened
    table.pressed((1, 300), (2, 310), (3, 900))
    assert (table.turn.phase, table.turn.among, table.turn.team) == (TurnPhase.SHOWN, (1, 2), None)
    assert not state.may_press(table.state, 3)
    table.go("opened")
    assert table.turn.opened != first
    table.pressed((3, 5), (2, 200), (1, 400))
    assert table.turn.team == 2


def test_a_tie_goes_to_the_lower_score_and_says_so():
    table = _table()
    table.go("overridden", team=1, points="-5", reason="复核")
    table.opened()
    table.pressed((2, 300), (1, 315))
    assert (table.turn.team, table.turn.tied, table.turn.decided) == (1, (1, 2), "lower_score")


def test_a_team_without_a_press_is_not_ruled():
    table = _table()
    table.opened()
    assert table.refused("ruled", team=1, verdict="right") == "not_answering"
    table.pressed((2, 300))
    assert table.refused("ruled", team=1, verdict="right") == "not_answering"
    assert table.refused("pressed", presses=[{"team": 1, "received_ms": 1}]) == "wrong_phase"


def test_a_press_before_the_opening_is_no_press():
    table = _table()
    table.asked()
    assert table.refused("pressed", presses=[{"team": 1, "received_ms": 1}]) == "wrong_phase"
    table.go("opened")
    assert table.refused("early", team=1) == "wrong_phase"


def test_the_round_asks_as_many_items_as_it_has():
    table = Table.running("buzzer", items=1)
    table.opened()
    table.go("closed", reason="time")
    table.go("turn_closed")
    assert table.refused("turn_opened", item=1) == "round_done"
    table.go("round_closed")
