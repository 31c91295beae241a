"""观众: points for what is right and for being quick."""

from decimal import Decimal

import pytest

from exams.contests import rounds, state
from exams.contests.rules.match import Result, TurnPhase
from exams.contests.rules.presets import PRESETS
from exams.contests.rules.ranking import crowd_places
from tests.exams.contests.tables import Table


def _classroom():
    table = Table(*PRESETS["classroom"]["rounds"], teams=0, on_stage=0)
    table.go("started")
    table.go("round_opened", round=0)
    return table


def _closed(table, **answers):
    table.opened()
    results = {party: {"share": share, "ms": ms} for party, (share, ms) in answers.items()}
    table.go("closed", reason="time", results=results)
    table.go("turn_closed")


@pytest.mark.parametrize(
    ("share", "ms", "partial", "points"),
    [
        ("1", 0, False, 1000),
        ("1", 10000, False, 750),
        ("1", 20000, False, 500),
        ("1", 25000, False, 500),  # in flight when the time was over
        ("0.5", 0, False, 0),
        ("0.5", 0, True, 500),
        ("0", 0, True, 0),
        ("1", 1, False, 1000),
        ("1", 33, False, 999),
    ],
)
def test_points_follow_right_and_speed(share, ms, partial, points):
    rules = Table.running(
        "audience", items=1, points="500", speed_points="500", seconds=20, partial=partial
    ).book.rounds[0]
    assert rounds.get("audience").earned(rules, Result(Decimal(share), ms)) == points


def test_a_classroom_needs_no_team_and_ranks_by_points_then_time():
    table = _classroom()
    _closed(table, a1=("1", 4000), a2=("1", 2000), a3=("0", 100))
    _closed(table, a2=("0", 2000), a3=("1", 2000), a4=("1", 6000))
    board = [(party, int(one.points), place) for party, one, place in crowd_places(table.state.crowd)]
    assert board == [("a2", 950, 1), ("a3", 950, 1), ("a1", 900, 3), ("a4", 850, 4)]


def test_who_leaves_keeps_the_points():
    table = _classroom()
    _closed(table, a1=("1", 4000))
    _closed(table, a2=("1", 4000))
    assert table.state.crowd["a1"].points == 900


def test_there_is_nothing_to_rule_and_no_team_answers():
    table = Table.running("audience", items=2)
    table.opened()
    assert table.refused("ruled", team=None, verdict="right") == "no_ruling"
    assert table.refused("closed", reason="all", results={"t1": {"share": "1", "ms": 5}}) == "not_asked"
    assert state.may_answer(table.state, "a345")
    table.go("closed", reason="all", results={})
    assert table.turn.phase is TurnPhase.RULED


def test_undoing_the_closing_takes_the_points_back():
    table = _classroom()
    table.opened()
    closed = table.go("closed", reason="host", results={"a1": {"share": "1", "ms": 4000}})
    assert table.state.crowd["a1"].points == 900
    table.go("undone", seq=closed, reason="误点")
    assert (table.state.crowd, table.turn.phase) == ({}, TurnPhase.OPEN)
