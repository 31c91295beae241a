"""个人必答: by seat in turn, every player, without help."""

import pytest

from exams.contests import rounds
from exams.contests.rules.match import TurnPhase
from tests.exams.contests.tables import Table


def _asked(table, count):
    """Team and player of the next `count` turns, all ruled right."""
    found = []
    for _ in range(count):
        table.opened()
        found.append((table.turn.team, table.turn.player))
        table.ruled("right")
    return found


def test_all_first_players_are_asked_before_the_second_ones():
    table = Table.running("compulsory", teams=2, on_stage=2)
    assert _asked(table, 4) == [(1, 11), (2, 21), (1, 12), (2, 22)]
    assert table.refused("turn_opened", item=9) == "round_done"


def test_teams_may_be_asked_one_after_the_other():
    table = Table.running("compulsory", teams=2, on_stage=2, turns="team")
    assert _asked(table, 4) == [(1, 11), (1, 12), (2, 21), (2, 22)]


def test_a_second_pass_asks_in_the_order_of_the_scores_then():
    table = Table.running("compulsory", teams=2, on_stage=1, each=2, order="lowest")
    table.opened()
    table.ruled("right")
    table.opened()
    table.ruled("wrong")
    assert _asked(table, 2) == [(2, 21), (1, 11)]


@pytest.mark.parametrize(
    ("settings", "verdict", "score"),
    [
        ({}, "right", 110),
        ({}, "wrong", 100),
        ({"penalty": "10"}, "wrong", 90),
        ({"penalty": "10"}, "timeout", 100),
        ({"penalty": "10", "timeout": "wrong"}, "timeout", 90),
        ({"penalty": "10"}, "void", 100),
        ({"points": "2.5"}, "right", "102.5"),
    ],
)
def test_a_verdict_brings_what_the_settings_say(settings, verdict, score):
    table = Table.running("compulsory", **settings)
    table.opened()
    table.ruled(verdict)
    assert table.scores == [score, 100, 100]


def test_somebody_else_may_not_be_asked():
    table = Table.running("compulsory")
    assert table.refused("turn_opened", item=0, team=2) == "not_next"
    assert table.refused("turn_opened", item=0, team=1, player=12) == "not_next"


def test_a_void_question_is_asked_anew_to_the_same_player():
    table = Table.running("compulsory")
    table.opened()
    table.go("ruled", team=1, verdict="void")
    table.go("turn_closed", again=True)
    table.asked()
    assert (table.turn.team, table.turn.player, table.turn.number) == (1, 11, 1)
    assert table.turn.item == 1


def test_only_a_void_question_is_asked_anew():
    table = Table.running("compulsory")
    table.opened()
    table.go("ruled", team=1, verdict="wrong")
    assert table.refused("turn_closed", again=True) == "only_void_again"


def test_a_miss_goes_to_the_audience_where_the_rule_says_so():
    table = Table.running("compulsory", after_miss="audience")
    table.opened()
    table.go("ruled", team=1, verdict="wrong")
    table.go("passed", to="audience")
    assert (table.turn.audience, table.turn.phase) == (True, TurnPhase.ANSWERING)
    table.go("ruled", team=None, verdict="right")
    table.go("turn_closed")
    assert table.scores == [100, 100, 100]


def test_a_miss_goes_nowhere_else():
    table = Table.running("compulsory")
    table.opened()
    table.go("ruled", team=1, verdict="wrong")
    assert table.refused("passed", to="audience") == "not_passed_there"
    assert table.refused("passed", to=2) == "not_passed_there"


def test_a_team_that_is_short_of_players_is_asked_as_often_as_the_others():
    table = Table.running("compulsory", teams=2, on_stage=2)
    short = table.begin.teams[0].on_stage[:1]
    assert short == (11,)
    kind = rounds.get("compulsory")
    assert kind.planned(table.book.rounds[0], 2, 2) == 4


def test_the_round_may_end_only_when_all_were_asked_as_often():
    table = Table.running("compulsory", teams=2, on_stage=2)
    _asked(table, 1)
    assert table.refused("round_closed") == "round_uneven"
    _asked(table, 1)
    table.go("round_closed")
    assert table.state.round is None
