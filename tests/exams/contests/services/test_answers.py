"""Answers and presses by the batch: a verdict for each, the first of a party counts, the server's clock decides."""

import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from exams.contests.models import PadAnswer, PadPress, Seat
from exams.contests.services import answers, buzzing
from exams.contests.services.answers import Answer, Press
from exams.contests.services.events import ContestRefused
from tests.factories import contests as factory
from tests.factories import people
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db


def answer(pad, turn, response=("a1",), after=1, client_uid=None):
    return Answer(client_uid or uuid.uuid4(), pad.pk, turn, list(response), NOON + after * SECOND)


def press(pad, turn, opened, after=1, rtt_ms=None):
    return Press(uuid.uuid4(), pad.pk, turn, opened, NOON + after * SECOND, rtt_ms)


def store(stage, *batch, at=NOON + SECOND):
    kept = answers.store_answers if isinstance(batch[0], Answer) else answers.store_presses
    return kept(match=stage.match, batch=batch, at=at)


def refused(verdicts):
    assert all(one.text for one in verdicts if not one.ok)
    return [one.code for one in verdicts]


@pytest.fixture
def hall():
    """An audience round that is open, with five pads: (stage, turn, pads)."""
    stage = factory.stage(rulebook=factory.one_round("audience", items=3, seconds=20), items=3)
    pads = factory.audience(stage.match, 5)
    stage.start()
    return stage, stage.turn(), pads


@pytest.fixture
def desk():
    """A question to all teams on their pads: (stage, turn)."""
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", mode="together"), items=3)
    stage.start()
    return stage, stage.turn()


@pytest.fixture
def buzzer():
    """A buzzer question that is read and not opened yet: (stage, turn)."""
    stage = factory.stage(rulebook=factory.one_round("buzzer", items=3), items=3)
    stage.start()
    return stage, stage.move("turn_opened").seq


def test_an_answer_is_stored_with_its_share_and_time(hall):
    stage, turn, pads = hall
    verdicts = store(stage, answer(pads[0], turn), answer(pads[1], turn, ["b2"], after=2.5))
    assert [one.ok for one in verdicts] == [True, True]
    found = PadAnswer.objects.order_by("pk").values_list("party", "share", "ms", "response")
    assert list(found) == [
        (f"a{pads[0].pk}", Decimal(1), 1000, ["a1"]),
        (f"a{pads[1].pk}", Decimal(0), 2500, ["b2"]),
    ]


def test_a_player_who_clicks_twenty_times_has_answered_once(hall):
    stage, turn, pads = hall
    clicks = [answer(pads[0], turn, ["a1"] if n == 0 else ["b2"]) for n in range(20)]
    verdicts = store(stage, *clicks)
    assert refused(verdicts) == ["", *["answered"] * 19]
    assert {tuple(one.data["response"]) for one in verdicts} == {("a1",)}
    assert refused(store(stage, *clicks[5:])) == ["answered"] * 15
    assert PadAnswer.objects.count() == 1


def test_the_same_answer_sent_again_is_accepted_again(hall):
    stage, turn, pads = hall
    once = answer(pads[0], turn)
    assert [one.ok for one in [*store(stage, once), *store(stage, once)]] == [True, True]
    assert PadAnswer.objects.count() == 1


def test_one_bad_answer_does_not_stop_the_others(hall):
    stage, turn, pads = hall
    gone = factory.seat(stage.match, "audience", withdrawn_at=NOON)
    batch = [
        answer(pads[0], turn, ["zz"]),
        answer(pads[1], turn, []),
        Answer(uuid.uuid4(), pads[2].pk, turn, {"x": "y" * 9000}, NOON + SECOND),
        answer(gone, turn),
        answer(pads[3], turn + 7),
        answer(pads[4], turn),
    ]
    expected = ["malformed", "blank", "malformed", "no_seat", "another_turn", ""]
    assert refused(store(stage, *batch)) == expected
    assert PadAnswer.objects.count() == 1


def test_the_servers_receipt_decides_what_is_late(hall):
    stage, turn, pads = hall
    in_time, late = answer(pads[0], turn, after=20), answer(pads[1], turn, after=20.001)
    assert refused(store(stage, in_time, late, at=NOON + 21 * SECOND)) == ["", "too_late"]


def test_nothing_is_accepted_before_the_opening_nor_after_the_close(desk):
    stage, turn = desk
    pad = stage.pad(1)
    stage.move("closed")
    assert refused(store(stage, answer(pad, turn))) == ["too_late"]
    stage.move("undone", {"reason": "误点"})
    stage.move("undone", {"reason": "误点"})
    assert refused(store(stage, answer(pad, turn))) == ["not_open_yet"]


def test_nothing_is_accepted_in_a_pause(desk):
    stage, turn = desk
    stage.move("paused", {"reason": "设备检查"})
    assert refused(store(stage, answer(stage.pad(1), turn))) == ["paused"]


def test_of_a_team_the_first_pad_counts(desk):
    stage, turn = desk
    verdicts = store(stage, answer(stage.pad(1, player=2), turn, ["b2"]), answer(stage.pad(1), turn))
    assert refused(verdicts) == ["", "answered"]
    assert PadAnswer.objects.get().party == "t1"


def test_only_who_is_asked_may_answer():
    stage = factory.stage(rulebook=factory.one_round("compulsory", by="pad"), items=9)
    stage.start()
    turn = stage.turn()
    others = [stage.pad(2), stage.pad(1, player=1), factory.seat(stage.match, "audience")]
    verdicts = store(stage, *(answer(one, turn) for one in others))
    assert refused(verdicts) == ["not_asked"] * 3
    assert store(stage, answer(stage.pad(1, player=0), turn))[0].ok


def test_who_speaks_does_not_answer_on_a_pad():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    assert refused(store(stage, answer(stage.pad(1), stage.turn()))) == ["not_asked"]


def test_with_the_last_answer_the_turn_closes_by_itself(hall, desk):
    stage, turn, pads = hall
    store(stage, *(answer(one, turn) for one in pads[:4]))
    assert stage.state.turn.phase == "open"
    store(stage, answer(pads[4], turn))
    assert (stage.state.turn.phase, len(stage.state.turn.results)) == ("ruled", 5)
    stage, turn = desk
    store(stage, *(answer(stage.pad(seat), turn) for seat in (1, 2, 3)))
    assert stage.state.turn.phase == "closed"


def test_closing_marks_what_the_pads_sent(desk):
    stage, turn = desk
    store(stage, answer(stage.pad(1), turn), answer(stage.pad(3), turn, ["b2"], after=2))
    stage.move("closed")
    results = stage.state.turn.results
    assert {party: (one.share, one.ms) for party, one in results.items()} == {
        "t1": (1, 1000),
        "t3": (0, 2000),
    }


def test_what_judges_must_mark_has_no_share():
    book = factory.one_round("team", by="pad", mode="together")
    stage = factory.stage(rulebook=book, items=1, kind="short_answer")
    stage.start()
    turn, pad = stage.turn(), stage.pad(1)
    one = Answer(uuid.uuid4(), pad.pk, turn, "先亮证，再说明理由", NOON + SECOND)
    assert answers.store_answers(match=stage.match, batch=[one], at=NOON)[0].ok
    stage.move("closed")
    assert (PadAnswer.objects.get().share, dict(stage.state.turn.results)) == (None, {})


def test_only_the_host_closes_a_turn(desk):
    stage, _turn = desk
    with pytest.raises(ContestRefused) as error:
        stage.move("closed", by=people.actor(people.UserFactory()))
    assert error.value.code == "not_yours"


def test_answers_cannot_be_rewritten(hall):
    stage, turn, pads = hall
    store(stage, answer(pads[0], turn))
    with pytest.raises(DatabaseError), transaction.atomic():
        PadAnswer.objects.update(share=1)


def test_a_batch_costs_the_same_statements_for_ten_and_for_two_hundred(
    hall, django_assert_num_queries, django_assert_max_num_queries
):
    stage, turn, _pads = hall
    crowd = factory.audience(stage.match, 300)
    store(stage, answer(crowd[0], turn))
    for batch in (crowd[1:11], crowd[11:211]):
        with django_assert_max_num_queries(22):
            assert all(one.ok for one in store(stage, *(answer(pad, turn) for pad in batch)))


def test_a_press_counts_from_the_opening_with_its_correction(buzzer):
    stage, turn = buzzer
    opened = stage.move("opened").seq
    verdict = store(stage, press(stage.pad(2), turn, opened, after=0.8, rtt_ms=300.0))[0]
    found = PadPress.objects.get()
    assert (verdict.ok, verdict.data["early"], found.early) == (True, False, False)
    assert (found.team, found.opened, found.received_ms, found.correction_ms) == (2, opened, 800.0, 150)


def test_a_press_before_the_opening_is_early_once(buzzer):
    stage, turn = buzzer
    pad = stage.pad(1)
    verdicts = store(stage, *(press(pad, turn, 0) for _ in range(5)))
    assert refused(verdicts) == ["", *["pressed"] * 4]
    assert (PadPress.objects.get().early, PadPress.objects.get().opened) == (True, 0)


def test_a_press_that_arrived_before_the_opening_is_early_whatever_it_claims(buzzer):
    stage, turn = buzzer
    opened = stage.move("opened", at=NOON + 2 * SECOND).seq
    assert store(stage, press(stage.pad(1), turn, opened, after=1))[0].data["early"]


def test_presses_that_cannot_count_are_refused_in_words(buzzer):
    stage, turn = buzzer
    crowd = factory.seat(stage.match, "audience")
    opened = stage.move("opened").seq
    batch = [
        press(crowd, turn, opened),
        press(stage.pad(1), turn, opened + 40),
        press(stage.pad(2), turn + 40, opened),
    ]
    assert refused(store(stage, *batch)) == ["no_seat", "too_late", "another_turn"]


def test_there_is_nothing_to_press_in_other_rounds(desk):
    stage, turn = desk
    assert refused(store(stage, press(stage.pad(1), turn, stage.state.turn.opened))) == ["no_buzzer"]


def test_a_seat_of_another_match_does_not_speak_here(hall):
    stage, turn, _pads = hall
    elsewhere = factory.seat(factory.match(stage.contest, teams=0), "audience")
    assert refused(store(stage, answer(elsewhere, turn))) == ["no_seat"]
    assert Seat.objects.filter(match=stage.match).count() == 5


def test_what_was_accepted_is_accepted_again_after_the_turn_has_closed(hall):
    stage, turn, pads = hall
    first = answer(pads[0], turn)
    store(stage, first)
    stage.move("closed")
    late = answer(pads[1], turn)
    assert [one.ok for one in store(stage, first, late, at=NOON + 30 * SECOND)] == [True, False]
    assert PadAnswer.objects.get().client_uid == first.client_uid


def test_a_press_is_accepted_again_after_the_order_was_settled(buzzer):
    stage, turn = buzzer
    opened = stage.move("opened").seq
    first, other = press(stage.pad(1), turn, opened), press(stage.pad(2), turn, opened, after=5)
    store(stage, first)
    buzzing.settle(match=stage.match, at=NOON + 3 * SECOND)
    assert [one.ok for one in store(stage, first, other)] == [True, False]
    assert PadPress.objects.get().client_uid == first.client_uid


def test_an_answer_nested_without_end_harms_nobody_elses(hall):
    stage, turn, pads = hall
    deep = []
    for _ in range(5000):
        deep = [deep]
    hostile = Answer(uuid.uuid4(), pads[0].pk, turn, deep, NOON + SECOND)
    assert refused(store(stage, hostile, answer(pads[1], turn))) == ["malformed", ""]
    assert PadAnswer.objects.count() == 1
