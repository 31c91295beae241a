"""共答: each team its own question, or all the same one."""

from exams.contests import state
from exams.contests.rules.match import TurnPhase
from tests.exams.contests.tables import Table


def test_each_team_answers_its_own_question_in_turn():
    table = Table.running("team", teams=2, points="20")
    table.opened()
    assert (table.turn.team, table.turn.player, table.turn.who) == (1, None, "team")
    table.ruled("right")
    table.opened()
    assert table.turn.team == 2
    table.ruled("wrong")
    assert table.scores == [120, 100]


def test_the_round_after_the_first_begins_with_who_stands_lowest():
    table = Table.running("team", teams=2, each=2, order="lowest")
    for verdict in ("right", "wrong"):
        table.opened()
        table.ruled(verdict)
    table.asked()
    assert table.turn.team == 2


def test_together_every_team_gets_its_ruling_before_the_turn_ends():
    table = Table.running("team", mode="together", by="pad", penalty="5")
    table.opened()
    assert (table.turn.team, table.turn.who) == (None, "all")
    table.go(
        "closed", reason="all", results={"t1": {"share": "1", "ms": 900}, "t2": {"share": "0", "ms": 800}}
    )
    for team, verdict in ((1, "right"), (2, "wrong")):
        table.go("ruled", team=team, verdict=verdict)
        assert table.turn.phase is TurnPhase.CLOSED
    assert table.refused("turn_closed") == "not_ruled"
    assert table.refused("ruled", team=1, verdict="right") == "not_answering"
    table.go("ruled", team=3, verdict="timeout")
    table.go("turn_closed")
    assert table.scores == [110, 95, 100]
    assert table.refused("turn_opened", item=1) == "round_done"


def test_together_all_pads_of_the_teams_may_answer_and_no_other():
    table = Table.running("team", mode="together", by="pad", teams=2, on_stage=1)
    assert not state.may_answer(table.state, "t1")
    table.opened()
    assert [p for p in ("t1", "p11", "t2", "p19", "a7", "t3") if state.may_answer(table.state, p)] == [
        "t1",
        "p11",
        "t2",
    ]
    assert table.refused("closed", reason="host", results={"a7": {"share": "1", "ms": 1}}) == "not_asked"
