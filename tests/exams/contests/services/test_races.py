"""Threads on a real database file: events come one after the other, a party answers once."""

import uuid

import pytest

from exams.contests.models import MatchEvent, PadAnswer
from exams.contests.queries import matches
from exams.contests.services import answers, closing
from exams.contests.services.answers import Answer
from exams.contests.services.events import ContestRefused
from tests.factories import contests as factory
from tests.factories import racing
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db(transaction=True)
together = pytest.fixture(racing.together)


def test_ten_who_append_at_once_come_one_after_the_other(together):
    stage = factory.stage()
    stage.move("started")
    foul = {"team": 1, "code": "assisting", "reason": "提示队友"}
    told, (seqs, state) = together(
        lambda n: stage.move("fouled", foul, by=stage.chief).seq,
        lambda: (list(MatchEvent.objects.order_by("seq").values_list("seq", flat=True)), stage.state),
    )
    assert sorted(told) == list(range(2, 12))
    assert (seqs, state.scores[1]) == (list(range(1, 12)), 0)


def test_of_ten_who_saw_the_same_one_wins(together):
    stage = factory.stage()

    def start(n):
        try:
            return stage.move("started", seen=0).seq
        except ContestRefused as error:
            return error.code

    told, count = together(start, MatchEvent.objects.count)
    assert (sorted(told, key=str), count) == ([1, *["moved_on"] * 9], 1)


def test_a_party_that_answers_ten_times_at_once_has_answered_once(together):
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", mode="together"), items=1)
    stage.start()
    turn = stage.turn()
    pad = stage.pad(1)

    def answer(n):
        one = Answer(uuid.UUID(int=n + 1), pad.pk, turn, ["a1"] if n % 2 else ["b2"], NOON + SECOND)
        return answers.store_answers(match=stage.match, batch=[one], at=NOON + SECOND)[0]

    told, stored = together(answer, PadAnswer.objects.get)
    assert [one.client_uid for one in told if one.ok] == [stored.client_uid]
    assert {tuple(one.data["response"]) for one in told} == {tuple(stored.response)}


def test_a_turn_is_closed_once_whoever_is_first(together):
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", mode="together"), items=1)
    stage.start()
    stage.turn()

    def close(n):
        try:
            return closing.close_turn(match=stage.match, reason="time", at=NOON + 60 * SECOND).seq
        except ContestRefused as error:
            return error.code

    told, state = together(close, lambda: matches.load_state(stage.match))
    assert (sorted(told, key=str), state.turn.phase) == ([5, *["wrong_phase"] * 9], "closed")
