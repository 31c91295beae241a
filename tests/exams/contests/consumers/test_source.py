"""What rooms ask of the database, on a match of the real services."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.contests.consumers.source import Database
from exams.contests.models import PadAnswer, Seat
from exams.contests.queries import live
from exams.contests.services import acts, answers, moves, tickets
from lianbing.kit import clock
from lianbing.people.queries import actor_for
from tests.factories import contests, exams

pytestmark = pytest.mark.django_db
BOOK = {
    "name": "课堂",
    "base_score": "0",
    "on_stage": 3,
    "most_substitutions": 0,
    "floor": None,
    "qualify": 0,
    "fouls": [],
    "rounds": [
        {"kind": "audience", "title": "全员答题", "items": 2, "settings": {"seconds": 60}},
        {"kind": "buzzer", "title": "抢答题", "items": 2, "settings": {"seconds": 60}},
    ],
    "tie_break": None,
}
SECOND = datetime.timedelta(seconds=1)


class Stage:
    """A match that has begun, its host, and its source."""

    def __init__(self):
        of = contests.contest(rulebook=BOOK)
        items = [(index // 2, exams.question()) for index in range(4)]
        self.match = contests.match(of, teams=2, items=items)
        self.host = contests.staff(of, "host", "judge")
        self.source, self.uid = Database(), self.match.uid
        self.now = clock.now()
        self.seats = contests.audience(self.match, 3)
        self.move("started")

    def move(self, kind, **data):
        by = actor_for(self.host, self.now.date())
        return moves.move(match=self.match, kind=kind, data=data, by=by, at=self.now)

    def ask(self, round_=0):
        """A question of a round, open; gives the turn."""
        self.move("round_opened", round=round_)
        turn = self.move("turn_opened").seq
        self.opened = self.move("opened").seq
        return turn

    def place(self, seat):
        return self.source.places(self.uid, [seat.pk])[seat.pk]


@pytest.fixture
def stage():
    return Stage()


def sent(seat, turn, response=("a1",)):
    return answers.Answer(uuid.uuid4(), seat.pk, turn, list(response), clock.now())


def test_a_frame_says_what_changed_since_the_one_before(stage):
    before = stage.source.frame(stage.uid, None)
    stage.ask()
    after = stage.source.frame(stage.uid, before)
    assert after.kinds == {"round_opened", "turn_opened", "opened"}
    assert after.view["turn"]["phase"] == "open"
    assert after.view["may"]["audience"] == ["answer"]
    assert after.due_at > stage.now


def test_no_key_is_in_what_the_pads_are_told(stage):
    stage.ask()
    shown = stage.source.frame(stage.uid, None)
    assert shown.view["reveal"] is None
    assert "key" not in shown.view_text
    assert stage.source.staff(shown)["key"]


def test_a_match_that_is_not_there(stage):
    assert stage.source.frame(uuid.UUID(int=9), None) is None
    assert stage.source.heads([uuid.UUID(int=9)]) == {}


def test_the_cost_of_a_frame_does_not_grow_with_the_pads(stage):
    stage.ask()
    first = stage.source.frame(stage.uid, None)
    counts = []
    for more in (1, 30):
        contests.audience(stage.match, more)
        with CaptureQueriesContext(connection) as seen:
            stage.source.frame(stage.uid, first)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10


def test_answers_of_a_batch_are_stored_and_told_to_their_own_seats(stage):
    turn = stage.ask()
    batch = [(stage.place(seat), sent(seat, turn)) for seat in stage.seats[:2]]
    assert [one.ok for one in stage.source.answers(stage.uid, batch)] == [True, True]
    assert PadAnswer.objects.count() == 2
    frame = stage.source.frame(stage.uid, None)
    yous = stage.source.yous(frame, [stage.place(seat) for seat in stage.seats])
    assert [yous[seat.pk]["answered"] is not None for seat in stage.seats] == [True, True, False]
    assert frame.view["answers"]["given"] == 2


def test_a_seat_that_moved_to_another_phone_is_refused_and_the_others_are_not(stage):
    turn = stage.ask()
    batch = [(stage.place(seat), sent(seat, turn)) for seat in stage.seats]
    Seat.objects.filter(pk=stage.seats[1].pk).update(generation=1)
    Seat.objects.filter(pk=stage.seats[2].pk).update(withdrawn_at=stage.now)
    verdicts = stage.source.answers(stage.uid, batch)
    assert [(one.ok, one.code) for one in verdicts] == [(True, ""), (False, "ended"), (False, "ended")]
    assert PadAnswer.objects.count() == 1


def test_presses_are_settled_when_the_source_is_rung(stage):
    team = stage.match.entries.select_related("team").first().team
    seat = contests.seat(stage.match, team=team)
    stage.move("round_opened", round=0)
    stage.move("round_closed")
    turn = stage.ask(round_=1)
    at = stage.now + SECOND
    press = answers.Press(uuid.uuid4(), seat.pk, turn, stage.opened, at, 30.0)
    assert stage.source.presses(stage.uid, [(stage.place(seat), press)])[0].ok
    assert at <= stage.source.frame(stage.uid, None).due_at < at + SECOND
    with clock.pinned(at + SECOND):
        stage.source.due(stage.uid)
    shown = stage.source.frame(stage.uid, None)
    assert shown.view["buzz"]["winner"] == 1


def test_an_act_sent_again_happens_once(stage):
    seat = contests.seat(stage.match, team=stage.match.entries.first().team)
    act = acts.Act(uuid.uuid4(), "chosen", 1, {"value": "10"})
    verdict = stage.source.act(stage.uid, stage.place(seat), act)
    assert not verdict.ok
    assert verdict.text


def test_a_ticket_speaks_for_one_match_and_twelve_hours(stage, monkeypatch):
    seat = stage.seats[0]
    text = tickets.issue(seat)
    assert tickets.read(text, match=stage.uid) == tickets.Ticket(stage.uid, seat.pk, "audience", 0, 0)
    for wrong, match in ((text, uuid.UUID(int=1)), (text + "x", stage.uid), ("", stage.uid)):
        with pytest.raises(tickets.BadTicket):
            tickets.read(wrong, match=match)
    monkeypatch.setattr(tickets, "LIFETIME_SECONDS", -1)
    with pytest.raises(tickets.BadTicket):
        tickets.read(text, match=stage.uid)


def test_signing_out_ends_the_desks_seat(stage):
    seat = contests.seat(stage.match, "host", user=stage.host)
    before = stage.place(seat)
    stage.host.auth_epoch += 1
    stage.host.save()
    assert not live.stands(before, stage.place(seat))
    stage.host.is_active = False
    stage.host.save()
    assert stage.source.places(stage.uid, [seat.pk]) == {}
