"""加赛: the first right answer wins, the first wrong one is out."""

import pytest

from exams.contests.rules.ranking import open_ties, places
from tests.exams.contests.tables import Table


def _tied(teams=3, qualify=0, **settings):
    """A match whose only round is over and whose teams are all equal."""
    tie_break = {"kind": "sudden_death", "title": "加赛", "settings": settings}
    table = Table.running("risk", teams=teams, tie_break=tie_break, book={"qualify": qualify})
    table.go("round_closed")
    table.go("tie_break_opened", teams=list(range(1, teams + 1)))
    return table


def _pressed(table, team, verdict):
    table.opened()
    table.pressed((team, 200))
    table.ruled(verdict)


def _order(table):
    return [(one.seat, one.place) for one in places(table.state)]


def test_the_first_right_answer_wins_and_ends_it():
    table = _tied()
    _pressed(table, 2, "right")
    assert table.refused("turn_opened", item=9) == "round_done"
    table.go("round_closed")
    assert _order(table) == [(2, 1), (1, 2), (3, 2)]
    assert table.scores == [100, 100, 100]


def test_the_first_wrong_answer_is_out_and_the_others_go_on():
    table = _tied()
    _pressed(table, 2, "wrong")
    assert table.state.team(2).out
    assert table.refused("round_closed") == "tie_undecided"
    table.opened()
    assert table.refused("pressed", presses=[{"team": 2, "received_ms": 5}]) == "no_press"
    table.pressed((1, 300))
    table.ruled("right")
    table.go("round_closed")
    assert _order(table) == [(1, 1), (3, 2), (2, 3)]


def test_of_two_the_one_who_is_left_has_won():
    table = _tied(teams=2)
    _pressed(table, 1, "wrong")
    table.go("round_closed")
    assert _order(table) == [(2, 1), (1, 2)]


@pytest.mark.parametrize(("early", "out"), [("out", True), ("lose_item", False)])
def test_an_early_press_is_out_or_loses_the_item(early, out):
    table = _tied(early=early)
    table.asked()
    table.go("early", team=3)
    assert table.state.team(3).out is out
    table.go("opened")
    assert table.refused("pressed", presses=[{"team": 3, "received_ms": 5}]) == "no_press"


def test_until_all_places_are_found_it_goes_on():
    table = _tied(until="all")
    _pressed(table, 2, "right")
    _pressed(table, 3, "right")
    table.go("round_closed")
    assert _order(table) == [(2, 1), (3, 2), (1, 3)]


def test_points_that_count_never_lift_a_team_over_one_that_had_more():
    tie_break = {"kind": "sudden_death", "title": "", "settings": {"counted": True}}
    table = Table.running("risk", tie_break=tie_break)
    table.go("round_closed")
    table.go("overridden", team=1, points="5", reason="复核")
    table.go("tie_break_opened", teams=[3, 2])
    _pressed(table, 3, "right")
    table.go("round_closed")
    assert table.scores == [105, 100, 110]
    assert _order(table) == [(1, 1), (3, 2), (2, 3)]


def test_what_is_still_equal_at_the_line_goes_into_another_tie_break():
    table = _tied(qualify=2)
    _pressed(table, 1, "right")
    table.go("round_closed")
    assert open_ties(table.state) == [(2, 3)]
    table.go("tie_break_opened", teams=[2, 3])
    _pressed(table, 3, "right")
    table.go("round_closed")
    assert _order(table) == [(1, 1), (3, 2), (2, 3)]
    assert [one.seat for one in places(table.state) if one.through] == [1, 3]


def test_teams_that_are_not_equal_have_no_tie_to_break():
    table = Table.running("risk", tie_break={"kind": "sudden_death", "title": ""})
    table.go("overridden", team=1, points="5", reason="复核")
    table.go("round_closed")
    assert table.refused("tie_break_opened", teams=[1, 2]) == "not_tied"
    assert table.refused("tie_break_opened", teams=[2]) == "not_tied"
    table.go("tie_break_opened", teams=[2, 3])


def test_a_timeout_is_wrong_or_costs_nothing_as_the_rule_says():
    table = _tied(timeout="nothing")
    _pressed(table, 2, "timeout")
    assert not table.state.team(2).out


def test_an_extra_risk_question_may_break_the_tie():
    table = Table.running(
        "risk", teams=2, tie_break={"kind": "risk", "title": "", "settings": {"order": "seat"}}
    )
    table.go("round_closed")
    table.go("tie_break_opened", teams=[1, 2])
    for value, verdict in (("10", "right"), ("30", "right")):
        table.asked()
        table.go("chosen", team=table.turn.chooser, value=value)
        table.go("opened")
        table.ruled(verdict)
    table.go("round_closed")
    assert table.scores == [110, 130]
    assert _order(table) == [(2, 1), (1, 2)]
