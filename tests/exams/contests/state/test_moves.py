"""What holds for every match: begin and end, pauses, fouls, overrides, substitutions, taking back."""

import datetime

import pytest

from exams.contests import rounds, state
from exams.contests.rules.match import Event, Illegal, Phase, TeamStart, TurnPhase
from tests.exams.contests.tables import BEGIN, Table

FOULS = [{"code": "reading_material", "points": "20"}, {"code": "assisting", "points": "10"}]
NO_REASON = ["", "  ", None, 7]


def _table(**book):
    return Table.running("compulsory", book={"fouls": FOULS, **book})


def test_a_match_goes_from_waiting_to_confirmed():
    table = Table({"kind": "risk", "title": ""})
    for kind, data, phase in (
        ("started", {}, Phase.RUNNING),
        ("round_opened", {"round": 0}, Phase.RUNNING),
        ("round_closed", {}, Phase.RUNNING),
        ("finished", {}, Phase.FINISHED),
        ("confirmed", {}, Phase.CONFIRMED),
    ):
        table.go(kind, **data)
        assert table.state.phase is phase


ONE_ROUND = [("started", {}), ("round_opened", {"round": 0})]
SHOWN = [*ONE_ROUND, ("turn_opened", {"item": 0})]
OPEN = [*SHOWN, ("opened", {})]
RULED = [*OPEN, ("ruled", {"team": 1, "verdict": "right"})]
PAUSED = [*OPEN, ("paused", {"reason": "断电"})]
OVER = [*ONE_ROUND, ("round_closed", {})]
FINISHED = [*OVER, ("finished", {})]
CONFIRMED = [*FINISHED, ("confirmed", {})]


@pytest.mark.parametrize(
    ("so_far", "kind", "data", "code"),
    [
        ([], "round_opened", {"round": 0}, "not_started"),
        ([], "fouled", {"team": 1, "code": "assisting"}, "not_started"),
        ([], "undone", {"seq": 0, "reason": "x"}, "nothing_to_undo"),
        ([], "dance", {}, "unknown_move"),
        (ONE_ROUND, "started", {}, "already_started"),
        (ONE_ROUND, "round_opened", {"round": 1}, "round_running"),
        (ONE_ROUND, "opened", {}, "no_turn"),
        (ONE_ROUND, "turn_closed", {}, "no_turn"),
        (ONE_ROUND, "finished", {}, "round_running"),
        (ONE_ROUND, "turn_opened", {}, "item_needed"),
        (ONE_ROUND, "turn_opened", {"item": -1}, "malformed"),
        (ONE_ROUND, "turn_opened", {"item": True}, "malformed"),
        (ONE_ROUND, "resumed", {}, "not_paused"),
        (SHOWN, "turn_opened", {"item": 1}, "turn_running"),
        (SHOWN, "round_closed", {}, "turn_running"),
        (SHOWN, "ruled", {"team": 1, "verdict": "right"}, "wrong_phase"),
        (SHOWN, "closed", {"reason": "host"}, "wrong_phase"),
        (SHOWN, "turn_closed", {}, "not_ruled"),
        (SHOWN, "substituted", {"team": 1, "out": 11, "in": 19, "reason": "x"}, "turn_running"),
        (SHOWN, "pressed", {"presses": []}, "no_buzzer"),
        (SHOWN, "early", {"team": 1}, "no_buzzer"),
        (SHOWN, "scored", {"judge": 1, "team": 1, "points": "5"}, "no_panel"),
        (SHOWN, "chosen", {"team": 1, "value": "10"}, "nothing_to_choose"),
        (SHOWN, "declined", {"team": 1}, "no_declining"),
        (SHOWN, "opened", {"ends_at": "tomorrow"}, "malformed"),
        (SHOWN, "opened", {"ends_at": "2026-11-21T10:00:00"}, "malformed"),
        (OPEN, "opened", {}, "wrong_phase"),
        (OPEN, "closed", {"reason": "because"}, "malformed"),
        (OPEN, "closed", {"reason": "host", "results": {"t1": {"share": "2"}}}, "malformed"),
        (OPEN, "closed", {"reason": "host", "results": {"t2": {"share": "1"}}}, "not_asked"),
        (OPEN, "ruled", {"team": 2, "verdict": "right"}, "not_answering"),
        (OPEN, "ruled", {"team": None, "verdict": "right"}, "not_answering"),
        (OPEN, "ruled", {"team": 1, "verdict": "scored"}, "malformed"),
        (RULED, "ruled", {"team": 1, "verdict": "wrong"}, "wrong_phase"),
        (PAUSED, "closed", {"reason": "time"}, "paused"),
        (PAUSED, "paused", {"reason": "x"}, "paused"),
        (OVER, "round_opened", {"round": 1}, "rounds_over"),
        (OVER, "tie_break_opened", {"teams": [1, 2, 3]}, "no_tie_break"),
        (OVER, "confirmed", {}, "not_finished"),
        (FINISHED, "round_opened", {"round": 0}, "finished"),
        (CONFIRMED, "overridden", {"team": 1, "points": "5", "reason": "x"}, "confirmed"),
        (CONFIRMED, "undone", {"seq": 5, "reason": "x"}, "confirmed"),
    ],
)
def test_a_move_out_of_place_is_refused_with_the_code_of_its_rule(so_far, kind, data, code):
    table = Table({"kind": "compulsory", "title": ""}, fouls=FOULS)
    for one, with_data in so_far:
        table.go(one, **with_data)
    assert table.refused(kind, **data) == code


def test_rounds_come_in_their_order():
    table = Table({"kind": "risk", "title": ""}, {"kind": "team", "title": ""})
    table.go("started")
    assert table.refused("round_opened", round=1) == "round_order"
    table.go("round_opened", round=0)
    table.go("round_closed")
    assert table.refused("finished") == "rounds_left"
    table.go("round_opened", round=1)


def test_events_come_without_gaps():
    table = _table()
    event = Event(table.state.seq + 2, "paused", BEGIN, "", {"reason": "x"})
    with pytest.raises(Illegal, match="seq_gap"):
        state.apply(table.state, event)


def test_an_item_is_asked_once():
    table = _table()
    table.opened()
    table.ruled("right")
    assert table.refused("turn_opened", item=0) == "item_asked"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"team": 1, "code": "dancing"}, "no_such_foul"),
        ({"team": 9, "code": "assisting"}, "no_such_team"),
        ({"team": 1, "code": "assisting", "points": "-50"}, "foul_points"),
        ({"team": 1, "code": "assisting", "points": "10"}, "foul_points"),
        ({"team": 1, "code": "assisting", "reason": {"a": 1}}, "reason_needed"),
        ({"team": 1, "code": "assisting", "reason": "长" * 201}, "reason_too_long"),
    ],
)
def test_a_foul_costs_what_the_rules_say_and_nothing_else(data, code):
    table = _table()
    assert table.refused("fouled", **data) == code
    table.go("fouled", team=2, code="reading_material")
    assert table.scores == [100, 80, 100]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"team": 1, "points": "0", "reason": "x"}, "no_change"),
        ({"team": 1, "points": "ten", "reason": "x"}, "malformed"),
        ({"team": 1, "points": 10, "reason": "x"}, "malformed"),
        ({"team": 1, "points": "1e3", "reason": "x"}, "malformed"),
        ({"team": 1, "points": "10", "turn": 99, "reason": "x"}, "no_such_turn"),
        *[({"team": 1, "points": "10", "reason": reason}, "reason_needed") for reason in NO_REASON],
    ],
)
def test_an_override_needs_points_and_a_reason(data, code):
    assert _table().refused("overridden", **data) == code


def test_an_override_is_entered_with_its_turn_and_its_event():
    table = _table()
    turn = table.opened()
    table.ruled("wrong")
    seq = table.go("overridden", team=1, points="10", turn=turn, reason="答案成立")
    entry = table.state.ledger[-1]
    assert (entry.seq, entry.turn, entry.team, int(entry.points), entry.why) == (seq, turn, 1, 10, "override")


def test_no_score_falls_below_the_floor():
    table = _table(base_score="10", floor="0")
    table.go("fouled", team=1, code="reading_material")
    assert table.scores == [0, 10, 10]
    assert int(table.state.ledger[-1].points) == -10
    table.go("fouled", team=1, code="assisting")
    assert len(table.state.ledger) == 1


def test_without_a_floor_a_score_may_be_negative():
    table = _table(base_score="10")
    table.go("fouled", team=1, code="reading_material")
    assert table.scores == [-10, 10, 10]


def test_a_substitute_takes_the_place_and_is_asked():
    table = _table(most_substitutions=1)
    table.go("substituted", team=1, out=11, **{"in": 19}, reason="身体不适")
    table.asked()
    assert table.turn.player == 19
    table.go("opened")
    table.ruled("right")
    assert table.refused("substituted", team=1, out=19, **{"in": 11}, reason="换回") == "substitutions_used"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"out": 21, "in": 19, "reason": "x"}, "not_of_team"),
        ({"out": 11, "in": 29, "reason": "x"}, "not_of_team"),
        ({"out": 11, "in": 12, "reason": "x"}, "not_of_team"),
        ({"out": 11, "in": 19, "reason": ""}, "reason_needed"),
        ({"out": 11, "reason": "x"}, "malformed"),
    ],
)
def test_only_reserves_of_the_team_come_in(data, code):
    assert _table().refused("substituted", team=1, **data) == code


def test_a_pause_moves_the_clock_on():
    table = _table()
    table.opened()
    left = table.turn.ends_at - table.at
    table.go("paused", later=20, reason="设备故障")
    table.go("resumed", later=300)
    assert table.turn.ends_at - table.at == left - datetime.timedelta(seconds=20)
    assert (table.at - table.turn.opened_at).seconds == 20
    assert not table.state.paused


def test_what_needs_no_clock_is_done_in_a_pause():
    table = _table(fouls=FOULS)
    table.go("paused", reason="评委合议")
    table.go("fouled", team=1, code="assisting")
    table.go("overridden", team=2, points="10", reason="合议结果")
    assert table.scores == [90, 110, 100]


@pytest.mark.parametrize("seq", [1, 2, 3, 5, 99])
def test_only_the_newest_move_is_undone(seq):
    table = _table()
    table.opened()
    assert table.state.seq == 4
    assert table.refused("undone", seq=seq, reason="误点") == "not_the_newest"
    table.go("undone", seq=4, reason="误点")
    assert table.turn.phase is TurnPhase.SHOWN


def test_several_moves_are_undone_one_after_the_other():
    table = _table()
    before = table.state
    for _ in range(3):
        table.asked()
        table.go("undone", seq=table.state.seq, reason="误点")
    assert table.state.turn is None
    assert table.state.asked == before.asked
    assert len(table.state.undone) == 3


def test_undoing_goes_back_to_before_the_start_and_no_further():
    table = Table({"kind": "risk", "title": ""})
    start = table.go("started")
    table.go("undone", seq=start, reason="误点")
    assert table.state.phase is Phase.WAITING
    assert table.refused("undone", seq=start, reason="误点") == "nothing_to_undo"


def test_an_undone_closing_gives_the_time_back_that_was_left():
    table = _table()
    table.opened()
    closed = table.go("closed", later=20, reason="host")
    table.go("undone", later=100, seq=closed, reason="误点")
    assert (table.turn.ends_at - table.at).seconds == 40


def test_an_undone_time_up_goes_on_without_a_clock():
    table = _table()
    table.opened()
    closed = table.go("closed", later=60, reason="time")
    table.go("undone", seq=closed, reason="时钟有误")
    assert (table.turn.phase, table.turn.ends_at) == (TurnPhase.OPEN, None)


def test_undoing_a_foul_does_not_touch_the_running_clock():
    table = _table()
    table.opened()
    ends_at = table.turn.ends_at
    foul = table.go("fouled", later=5, team=1, code="assisting")
    table.go("undone", later=9, seq=foul, reason="误判")
    assert table.turn.ends_at == ends_at
    assert table.scores == [100, 100, 100]


@pytest.mark.parametrize(("ends_at", "left"), [(None, None), ("2026-11-21T09:30:00+00:00", 1796)])
def test_the_host_may_set_the_clock(ends_at, left):
    table = _table()
    table.asked()
    table.go("opened", ends_at=ends_at)
    assert (table.turn.ends_at and (table.turn.ends_at - table.at).seconds) == left


@pytest.mark.parametrize(
    ("starts", "code"),
    [
        ([TeamStart(1, "甲", (1,)), TeamStart(1, "乙", (2,))], "seats_wrong"),
        ([TeamStart(17, "甲", (1,))], "seats_wrong"),
        ([TeamStart(0, "甲", (1,))], "seats_wrong"),
        ([TeamStart(1, "甲", (1,)), TeamStart(2, "乙", (1,))], "player_twice"),
        ([TeamStart(1, "甲", (1, 2, 3, 4))], "team_size"),
        ([TeamStart(1, "甲", ())], "team_size"),
        ([], "no_teams"),
    ],
)
def test_teams_that_do_not_fit_cannot_begin(starts, code):
    book = rounds.parse({"name": "规则", "rounds": [{"kind": "risk", "title": ""}]})
    with pytest.raises(Illegal, match=code):
        state.start(book, starts, b"x")


def test_a_question_whose_answer_was_seen_is_not_opened_again_by_undoing():
    table = _table()
    table.opened()
    table.go("closed", reason="host")
    table.ruled("right")
    for phase in (TurnPhase.RULED, TurnPhase.CLOSED):
        table.go("undone", seq=table.state.last.seq, reason="误点")
        assert table.turn.phase is phase
    assert table.refused("undone", seq=table.state.last.seq, reason="误点") == "key_shown"
