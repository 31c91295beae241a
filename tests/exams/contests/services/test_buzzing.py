"""From presses to an order: once, in whichever process, and nothing lost in between."""

import datetime
import uuid

import pytest

from exams.contests.models import MatchEvent, PadPress
from exams.contests.queries import matches
from exams.contests.services import answers, buzzing, events
from exams.contests.services.answers import Press
from lianbing.people.queries import actor_for
from tests.factories import contests

pytestmark = pytest.mark.django_db
NOON = contests.NOON
MS = datetime.timedelta(milliseconds=1)
BUZZER = {
    "name": "抢答",
    "base_score": "100",
    "on_stage": 3,
    "rounds": [{"kind": "buzzer", "title": "抢答", "items": 3}],
}


class Stage:
    """A match at its first buzzer question, shown but not opened, with a pad for each of three teams."""

    def __init__(self, **buzzer):
        rulebook = contests.preset("bureau") | {
            "rounds": [dict(one) for one in BUZZER["rounds"]],
            "tie_break": None,
        }
        rulebook["buzzer"] = rulebook["buzzer"] | buzzer
        self.match = contests.match(of=contests.contest(rulebook), teams=3, items=[])
        for _ in range(3):
            contests.add_item(self.match)
        self.pads = {
            entry.seat: contests.seat(self.match, "team", team=entry.team)
            for entry in self.match.entries.all()
        }
        self.host = actor_for(contests.staff(self.match.contest, "host", "chief_referee"), NOON.date())
        self.move("started")
        self.move("round_opened", round=0)
        self.turn = self.move("turn_opened", item=0, team=None, player=None).seq

    def move(self, kind, at=NOON, **data):
        return events.append(match=self.match, kind=kind, data=data, by=self.host, at=at)

    def open(self):
        self.opened = self.move("opened").seq

    def press(self, team, ms, rtt=None, opened=None):
        one = Press(
            uuid.uuid4(),
            self.pads[team].pk,
            self.turn,
            self.opened if opened is None else opened,
            NOON + ms * MS,
            rtt,
        )
        return answers.store_presses(match=self.match, batch=[one], at=NOON + ms * MS)[0]

    def settle(self, ms):
        return buzzing.settle(match=self.match, at=NOON + ms * MS)

    @property
    def now(self):
        matches.forget()
        return matches.load_state(self.match).turn

    def told(self, kind):
        return MatchEvent.objects.filter(match=self.match, kind=kind).count()


@pytest.fixture(autouse=True)
def forgotten():
    matches.forget()
    yield
    matches.forget()


def test_the_far_pad_that_pressed_first_wins_after_the_wait():
    stage = Stage()
    stage.open()
    stage.press(1, 400, rtt=10)
    stage.press(2, 450, rtt=120)
    assert stage.settle(460) is None
    assert stage.settle(501).kind == "pressed"
    assert (stage.now.team, [one.team for one in stage.now.order]) == (2, [2, 1])


def test_settled_twice_the_order_stands_once():
    stage = Stage()
    stage.open()
    stage.press(1, 400)
    assert buzzing.due(stage.match) == NOON + 571 * MS
    assert stage.settle(600) is not None
    assert stage.settle(600) is None
    assert buzzing.due(stage.match) is None
    assert stage.told("pressed") == 1


def test_a_restart_between_press_and_settlement_loses_nothing():
    stage = Stage()
    stage.open()
    stage.press(3, 400)
    matches.forget()
    assert buzzing.settle_waiting(NOON + 2000 * MS) == 1
    assert stage.now.team == 3
    assert buzzing.settle_waiting(NOON + 3000 * MS) == 0


def test_when_every_pad_has_pressed_nobody_waits():
    stage = Stage()
    stage.open()
    stage.press(1, 400, rtt=10)
    stage.press(2, 410, rtt=120)
    assert buzzing.due(stage.match) == NOON + 461 * MS
    stage.press(3, 420)
    assert buzzing.due(stage.match) == NOON + 420 * MS
    assert stage.settle(421) is not None


def test_a_seat_nobody_took_is_not_waited_for():
    stage = Stage()
    stage.match.seats.filter(pk=stage.pads[3].pk).update(secret="")
    stage.open()
    stage.press(1, 400)
    stage.press(2, 405)
    assert buzzing.due(stage.match) == NOON + 405 * MS


def test_an_early_press_is_told_at_once_and_once():
    stage = Stage()
    stage.press(2, 5, opened=0)
    stage.press(2, 9, opened=0)
    stage.settle(10)
    assert stage.told("early") == 1
    assert (stage.now.early, stage.now.audience) == ((2,), True)


def test_a_press_before_the_lamp_was_seen_costs_nothing_and_wins_nothing():
    stage = Stage()
    stage.open()
    stage.press(2, 20, opened=0)
    assert buzzing.due(stage.match) is None
    assert stage.told("early") == 0
    assert stage.press(2, 400).ok
    assert stage.settle(600) is not None
    assert stage.now.team == 2


def test_a_tie_pressed_again_takes_new_presses_of_the_tied_alone():
    stage = Stage(tie_rule="again")
    stage.open()
    first = stage.opened
    stage.press(1, 400)
    stage.press(2, 410)
    stage.press(3, 900)
    stage.settle(1000)
    assert (stage.now.phase, stage.now.among) == ("shown", (1, 2))
    stage.open()
    assert not stage.press(2, 1200, opened=first).ok
    assert not stage.press(3, 1200).ok
    stage.press(2, 1300)
    stage.settle(2000)
    assert stage.now.team == 2
    assert PadPress.objects.filter(match=stage.match).count() == 4


def test_a_press_that_comes_after_the_order_changes_nothing():
    stage = Stage()
    stage.open()
    stage.press(1, 400)
    stage.settle(600)
    assert not stage.press(2, 601, rtt=150).ok
    assert stage.now.team == 1


def test_a_paused_match_settles_when_it_goes_on():
    stage = Stage()
    stage.open()
    stage.press(1, 400)
    stage.move("paused", at=NOON + 450 * MS, reason="投影黑屏")
    assert stage.settle(700) is None
    stage.move("resumed", at=NOON + 5000 * MS)
    assert stage.settle(5001) is not None
