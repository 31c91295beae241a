"""What the server fills into moves, and what a team's pad may choose."""

import uuid

import pytest

from exams.contests.queries import live
from exams.contests.services import acts, moves
from exams.contests.services.events import ContestRefused
from tests.factories import contests as factory
from tests.factories.contests import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def risk():
    """A risk round with a question for each value, the first team choosing."""
    stage = factory.stage(rulebook=factory.one_round("risk"), items=0)
    for value in (30, 10, 20):
        factory.add_item(stage.match, value=value)
    stage.start()
    stage.move("turn_opened", {"item": 0})
    return stage


def choose(stage, pad, kind="chosen", **data):
    return moves.choose(match=stage.match, seat=pad, kind=kind, data=data, at=NOON)


def test_the_next_question_is_laid_by_the_server(db):
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    assert stage.move("turn_opened").data["item"] == 0


def test_a_chosen_value_brings_its_question(risk):
    assert risk.state.turn.item is None
    event = choose(risk, risk.pad(1), value="20")
    assert (event.data["item"], event.data["team"], event.actor_name) == (2, 1, "钟楼队")


def test_a_player_chooses_for_the_team_and_another_team_does_not(risk):
    with pytest.raises(ContestRefused) as refused:
        choose(risk, risk.pad(2), value="20")
    assert refused.value.code == "not_choosing"
    assert choose(risk, risk.pad(1, player=0).pk, value="10").data["item"] == 1


def test_a_pad_does_nothing_but_choose(risk):
    for pad in (risk.pad(1), factory.seat(risk.match, "audience")):
        with pytest.raises(ContestRefused) as refused:
            moves.choose(match=risk.match, seat=pad, kind="ruled", data={"verdict": "right"}, at=NOON)
        assert refused.value.code == "not_yours"


def test_a_withdrawn_pad_does_nothing(risk):
    pad = risk.pad(1)
    type(pad).objects.filter(pk=pad.pk).update(withdrawn_at=NOON)
    with pytest.raises(ContestRefused) as refused:
        choose(risk, pad, value="10")
    assert refused.value.code == "not_yours"


def test_a_team_may_decline(risk):
    assert choose(risk, risk.pad(1), kind="declined").kind == "declined"


def test_a_judge_scores_under_their_own_account(db):
    stage = factory.stage(rulebook=factory.one_round("scenario", judges=2), items=3)
    stage.start()
    stage.turn()
    event = stage.move("scored", {"team": 1, "points": "18", "judge": "某人"}, by=stage.chief)
    assert event.data["judge"] == str(stage.chief.user_id)


@pytest.mark.parametrize(("role", "code"), [("judge", ""), ("screen", "no_desk")])
def test_marks_come_from_a_desk_and_not_from_the_screen_of_the_hall(db, role, code):
    stage = factory.stage(rulebook=factory.one_round("scenario", judges=2), items=3)
    stage.start()
    turn = stage.move("turn_opened").seq
    stage.move("opened")
    pad = factory.seat(stage.match, role, user_id=stage.chief.user_id)
    place = live.places(stage.match.uid, [pad.pk])[pad.pk]
    act = acts.Act(uuid.uuid4(), "scored", turn, {"team": 1, "points": "18"})
    assert acts.perform(match=stage.match, place=place, act=act, at=NOON).code == code


def test_the_newest_step_is_taken_back_with_a_reason(risk):
    with pytest.raises(ContestRefused) as refused:
        risk.move("undone")
    assert refused.value.code == "reason_needed"
    assert risk.move("undone", reason="误点").data == {"seq": 3, "reason": "误点"}


def test_a_choice_that_was_long_on_its_way_is_not_made_in_another_turn(risk):
    pad = risk.pad(1)
    place = live.places(risk.match.uid, [pad.pk])[pad.pk]
    now = risk.state.turn.id

    def choose_in(turn):
        act = acts.Act(uuid.uuid4(), "chosen", turn, {"value": "20"})
        return acts.perform(match=risk.match, place=place, act=act, at=NOON)

    late = choose_in(now - 1)
    assert (late.code, bool(late.text)) == ("another_turn", True)
    assert choose_in(now).ok
