"""What may be done now, for whom, and why not."""

import pytest

from exams.contests import state
from tests.exams.contests.tables import Table

FOULS = [{"code": "assisting", "points": "10"}]


def _kinds(table, role, seat=None):
    return {one.kind for one in state.legal(table.state, role, seat)}


def test_the_host_of_a_match_that_waits_may_start_it():
    table = Table({"kind": "risk", "title": ""})
    assert _kinds(table, state.HOST) == {"started", "substituted"}
    assert _kinds(table, state.JUDGE) == set()


def test_a_judge_rules_and_the_chief_referee_overrides():
    table = Table.running("compulsory", book={"fouls": FOULS})
    table.opened()
    assert _kinds(table, state.JUDGE) == {"ruled", "fouled"}
    assert _kinds(table, state.CHIEF) == {"ruled", "fouled", "overridden"}
    assert _kinds(table, state.HOST) == {"closed", "ruled", "paused", "undone"}


def test_a_team_sees_its_own_choices_alone():
    table = Table.running("risk")
    table.asked()
    assert _kinds(table, state.TEAM, 1) == {"chosen", "declined"}
    assert _kinds(table, state.TEAM, 2) == set()


def test_what_is_refused_is_offered_with_its_code():
    table = Table.running("compulsory")
    table.opened()
    codes = {one.kind: one.code for one in state.offers(table.state, state.HOST)}
    assert codes["turn_closed"] == "not_ruled"
    assert codes["round_closed"] == "turn_running"
    assert codes["ruled"] == ""


def test_a_move_says_which_fields_a_person_must_add():
    table = Table.running("compulsory")
    asks = {one.kind: one.asks for one in state.legal(table.state, state.CHIEF)}
    assert asks["overridden"] == ("reason", "points")


@pytest.mark.parametrize("kind", sorted(state.MOVERS))
def test_every_kind_of_move_has_somebody_who_may_make_it(kind):
    roles = (state.HOST, state.JUDGE, state.CHIEF, state.TEAM, state.SERVICE)
    assert any(state.may(role, kind) for role in roles)
    assert not state.may("audience", kind)


def test_pads_are_told_what_they_may_do():
    table = Table.running("buzzer", items=3, teams=2, on_stage=1, by="pad", early="lose_item")
    assert state.pad_acts(table.state) == {}
    table.asked()
    assert state.pad_acts(table.state) == {party: ["press"] for party in ("t1", "p11", "t2", "p21")}
    table.go("opened")
    table.pressed((2, 300))
    assert state.pad_acts(table.state) == {"t2": ["answer"], "p21": ["answer"]}
    table.go("paused", reason="断网")
    assert state.pad_acts(table.state) == {}


def test_the_choosing_team_may_choose_on_any_of_its_pads():
    table = Table.running("risk", teams=2, on_stage=1)
    table.asked()
    assert state.pad_acts(table.state) == {"t1": ["choose", "decline"], "p11": ["choose", "decline"]}


def test_the_audience_may_answer_its_questions():
    table = Table.running("audience", items=1)
    table.opened()
    assert state.pad_acts(table.state) == {"audience": ["answer"]}
