"""情景: judges give points up to a limit."""

from decimal import Decimal

import pytest

from exams.contests.rules.match import TurnPhase
from exams.contests.rules.panel import panel_score
from tests.exams.contests.tables import Table


def _scored(table, *given):
    for judge, points in enumerate(given, 1):
        table.go("scored", judge=judge, team=table.turn.team, points=str(points))


@pytest.mark.parametrize(
    ("given", "trim_from", "score"),
    [
        ((20, 10, 12), 5, "14"),
        ((20, 10, 12, 14, 16), 5, "14"),  # without 20 and 10
        ((20, 20, 0, 18, 17), 5, "18.33"),
        ((18, 17), 5, "17.5"),
        ((18, 17, 12), 0, "15.67"),
        ((7, 7, 7), 3, "7"),
        ((9, 3), 2, "6"),  # of two nothing can be left out
        ((), 5, "0"),
    ],
)
def test_the_score_is_the_mean_of_the_panel(given, trim_from, score):
    assert panel_score([Decimal(one) for one in given], trim_from) == Decimal(score)


def test_the_last_judge_enters_the_mean():
    table = Table.running("scenario", judges=5, trim_from=5)
    table.opened()
    _scored(table, 20, 10, 12, 14)
    assert table.scores == [100, 100, 100]
    table.go("scored", judge=5, team=1, points="16")
    assert (table.scores, table.turn.phase) == ([114, 100, 100], TurnPhase.RULED)
    assert table.turn.verdicts[0].points == Decimal(14)


def test_a_judge_may_change_the_points_until_the_mean_is_entered():
    table = Table.running("scenario", judges=2)
    table.opened()
    _scored(table, 10)
    table.go("scored", judge=1, team=1, points="12")
    table.go("scored", judge=2, team=1, points="12.5")
    assert table.scores == ["112.25", 100, 100]
    assert table.refused("scored", judge=1, team=1, points="1") == "wrong_phase"


def test_the_judging_goes_on_after_the_time_and_is_closed_with_what_is_in():
    table = Table.running("scenario", judges=0)
    table.opened()
    table.go("closed", reason="time")
    assert table.refused("ruled", team=1, verdict="scored") == "nobody_scored"
    _scored(table, 15, 16)
    table.ruled("scored")
    assert table.scores == ["115.5", 100, 100]


@pytest.mark.parametrize(("points", "code"), [("20.5", "points_out_of_range"), ("-1", "points_out_of_range")])
def test_points_beyond_the_limit_are_refused(points, code):
    table = Table.running("scenario")
    table.opened()
    assert table.refused("scored", judge=1, team=1, points=points) == code


def test_another_team_is_not_scored_and_nothing_before_the_opening():
    table = Table.running("scenario")
    table.asked()
    assert table.refused("scored", judge=1, team=1, points="5") == "wrong_phase"
    table.go("opened")
    assert table.refused("scored", judge=1, team=2, points="5") == "not_answering"
    assert table.refused("ruled", team=1, verdict="right") == "malformed"


def test_a_void_scenario_brings_nothing():
    table = Table.running("scenario")
    table.opened()
    _scored(table, 20)
    table.ruled("void")
    assert table.scores == [100, 100, 100]
