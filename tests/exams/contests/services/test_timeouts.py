"""The clock of a room closes turns whether or not anybody is there."""

import uuid

import pytest

from exams.contests import tasks
from exams.contests.models import Match
from exams.contests.services import answers, events, timeouts
from exams.contests.services.answers import Answer, Press
from lianbing.kit import due
from tests.factories import contests as factory
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db
OVER = NOON + 60 * SECOND + events.GRACE


@pytest.fixture
def open_turn():
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", seconds=60), items=3)
    stage.start()
    return stage, stage.turn()


def test_a_turn_closes_when_its_time_is_up_and_once(open_turn):
    stage, _turn = open_turn
    assert timeouts.close_due(at=OVER - SECOND / 1000) == 0
    assert [timeouts.close_due(at=OVER), timeouts.close_due(at=OVER)] == [1, 0]
    assert stage.state.turn.phase == "closed"
    assert Match.objects.get().due_at is None


def test_what_arrived_in_time_counts(open_turn):
    stage, turn = open_turn
    one = Answer(uuid.uuid4(), stage.pad(1).pk, turn, ["a1"], NOON + 60 * SECOND)
    stage.move("paused", {"reason": "设备检查"}, at=NOON + 61 * SECOND)
    stage.move("undone", {"reason": "误点"}, at=NOON + 61 * SECOND)
    assert answers.store_answers(match=stage.match, batch=[one], at=NOON + 61 * SECOND)[0].ok


def test_a_pause_moves_the_clock(open_turn):
    stage, _turn = open_turn
    stage.move("paused", {"reason": "设备检查"}, at=NOON + 50 * SECOND)
    assert (Match.objects.get().due_at, timeouts.close_due(at=OVER)) == (None, 0)
    stage.move("resumed", at=NOON + 100 * SECOND)
    assert Match.objects.get().due_at == OVER + 50 * SECOND


def test_a_press_before_the_end_is_settled_instead(db):
    stage = factory.stage(rulebook=factory.one_round("buzzer", items=3, press_seconds=10), items=3)
    stage.start()
    turn = stage.turn()
    press = Press(uuid.uuid4(), stage.pad(3).pk, turn, stage.state.turn.opened, NOON + 9.9 * SECOND, 0)
    answers.store_presses(match=stage.match, batch=[press], at=NOON + 10 * SECOND)
    timeouts.close_due(at=NOON + 12 * SECOND)
    assert (stage.state.turn.phase, stage.state.turn.team) == ("answering", 3)


def test_nobody_pressing_closes_a_buzzer(db):
    stage = factory.stage(rulebook=factory.one_round("buzzer", items=3, press_seconds=10), items=3)
    stage.start()
    stage.turn()
    assert timeouts.close_due(at=NOON + 11 * SECOND) == 1
    assert stage.state.turn.phase == "closed"


def test_one_match_is_closed_without_the_others(open_turn):
    stage, _turn = open_turn
    assert timeouts.close_due(at=OVER, match=uuid.uuid4()) == 0
    assert timeouts.close_due(at=OVER, match=stage.match.uid) == 1


def test_the_ticker_does_it_too(open_turn):
    assert tasks.close_turns in due._jobs["effective"]
    assert due.run_all(at=OVER)["effective"] >= 1
