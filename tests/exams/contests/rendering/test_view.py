"""The JSON of the screens: every phase of a turn, and the key nowhere before the reveal."""

import json
import uuid
from types import SimpleNamespace

import pytest

from exams.contests.models import Seat
from exams.contests.queries import facts as facts_of
from exams.contests.queries import pads
from exams.contests.queries.live import places, sent
from exams.contests.rendering import desk, own, view
from exams.contests.services import answers, buzzing
from exams.contests.services.answers import Answer, Press
from question_bank import kinds
from question_bank.models import QuestionVersion
from tests.factories import contests as factory
from tests.factories import exams
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db


def public(stage):
    """The view of everybody, and what every seat may know for itself."""
    facts, state = facts_of.load_facts(stage.match), stage.state
    there = places(stage.match.uid, list(Seat.objects.values_list("pk", flat=True)))
    turn = state.turn
    said = sent(stage.match.uid, turn.id, turn.opened or 0, list(there.values())) if turn else {}
    shown = view.sections(facts, state, pads.given(stage.match, state))
    return shown, own.yous(facts, state, list(there.values()), said)


def staff(stage):
    state = stage.state
    return desk.staff(facts_of.load_facts(stage.match), state, pads.given(stage.match, state))


def answer(stage, pad, turn, response, after=1):
    one = Answer(uuid.uuid4(), pad.pk, turn, response, NOON + after * SECOND)
    return answers.store_answers(match=stage.match, batch=[one], at=NOON + after * SECOND)[0]


SECRETS = {
    "fill_blank": ("SECRET-EXPLANATION", "accepted"),
    "short_answer": ("SECRET-EXPLANATION", "reference"),
    "ordering": ("SECRET-EXPLANATION", '"order"'),
    "case_analysis": ("SECRET-EXPLANATION", "reference"),
    "multiple_choice": ("SECRET-EXPLANATION",),
}


@pytest.mark.parametrize("kind", SECRETS)
def test_no_section_of_any_phase_holds_the_key_before_the_reveal(kind):
    stage = factory.stage(rulebook=factory.one_round("team"), items=3, kind=kind)
    stage.pad(1), stage.pad(2), stage.pad(1, player=0), factory.audience(stage.match, 2)
    seen = [public(stage)]
    for move, data in [
        ("started", {}),
        ("round_opened", {"round": 0}),
        ("turn_opened", {}),
        ("opened", {}),
        ("closed", {}),
        ("ruled", {"team": 1, "verdict": "right"}),
    ]:
        stage.move(move, data)
        seen.append(public(stage))
    key = QuestionVersion.objects.first().key
    text = json.dumps(seen, ensure_ascii=False)
    assert not [word for word in SECRETS[kind] if word in text]
    assert json.dumps(key, ensure_ascii=False) not in text
    stage.move("turn_closed")
    assert public(stage)[0]["reveal"]["key"] == key


def choice(right):
    """A single choice question of which this option is right."""
    content = {"stem": "谁说了算？", "options": [{"id": "a1", "text": "甲"}, {"id": "b2", "text": "乙"}]}
    return SimpleNamespace(content=content, key={"options": [right]}, kind=kinds.get("single_choice"))


def test_two_keys_look_the_same_until_the_reveal():
    """Whatever the sections hold, nothing in them depends on what is right, the pads' own results included."""

    def played(right):
        stage = factory.stage(rulebook=factory.one_round("audience", items=1), items=0)
        factory.add_item(stage.match, version=exams.question(of=choice(right)))
        crowd = factory.audience(stage.match, 3)
        stage.start()
        turn = stage.turn()
        seen = [public(stage)[0]["question"]]
        for number, pad in enumerate(crowd[:2]):
            answer(stage, pad, turn, ["a1"] if number else ["b2"])
        stage.move("closed")
        shown, yous = public(stage)
        return json.dumps([seen, shown["reveal"], [one["result"] for one in yous.values()]])

    assert played("a1") == played("b2")


def test_a_question_is_not_shown_while_its_value_is_chosen():
    book = factory.one_round("risk")
    stage = factory.stage(rulebook=book, items=3)
    stage.start()
    stage.move("turn_opened", {"item": 0})
    shown = public(stage)[0]
    assert (shown["question"], shown["turn"]["choices"]) == (None, ["10", "20", "30"])
    assert shown["may"]["t1"] == ["choose", "decline"]
    stage.move("chosen", {"team": 1, "value": "20"})
    assert public(stage)[0]["question"]["face"]["stem"]


def test_what_is_over_stays_on_the_screens_until_the_next_question():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    stage.turn("right")
    shown = public(stage)[0]
    assert (shown["turn"]["over"], shown["turn"]["phase"]) == (True, "ruled")
    assert shown["reveal"]["verdicts"] == [{"seat": 1, "verdict": "right", "points": "10"}]
    stage.move("fouled", {"team": 2, "code": "assisting", "reason": "提示队友"}, by=stage.chief)
    assert public(stage)[0]["reveal"] is not None
    stage.move("turn_opened")
    assert public(stage)[0]["reveal"] is None


def test_a_void_question_is_not_revealed():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    stage.turn()
    stage.move("ruled", {"verdict": "void"})
    stage.move("turn_closed", {"again": True})
    shown = public(stage)[0]
    assert (shown["turn"], shown["question"], shown["reveal"]) == (None, None, None)


def test_the_clock_stands_while_the_match_is_paused():
    stage = factory.stage(rulebook=factory.one_round("team", seconds=60), items=3)
    stage.start()
    stage.turn()
    begun = public(stage)[0]["clock"]
    assert (begun["ends_at"], begun["total"]) == (view.millis(NOON + 60 * SECOND), 60_000)
    stage.move("paused", {"reason": "设备检查"}, at=NOON + 20 * SECOND)
    assert public(stage)[0]["clock"] == {"ends_at": None, "left": 40_000, "total": 60_000, "starts_by": None}
    stage.move("resumed", at=NOON + 50 * SECOND)
    assert public(stage)[0]["clock"]["ends_at"] == view.millis(NOON + 90 * SECOND)


def test_the_buzz_names_the_order_and_the_winner():
    stage = factory.stage(rulebook=factory.one_round("buzzer", items=3), items=3)
    first, second = stage.pad(1), stage.pad(2)
    stage.start()
    turn = stage.turn()
    opened = stage.state.turn.opened
    batch = [
        Press(uuid.uuid4(), pad.pk, turn, opened, NOON + ms * SECOND / 1000, 0)
        for pad, ms in [(second, 700), (first, 900)]
    ]
    answers.store_presses(match=stage.match, batch=batch, at=NOON + SECOND)
    buzzing.settle(match=stage.match, at=NOON + 2 * SECOND)
    buzz = public(stage)[0]["buzz"]
    assert ([one["seat"] for one in buzz["order"]], buzz["winner"], buzz["order"][0]["ms"]) == (
        [2, 1],
        2,
        700,
    )


def test_the_hall_sees_how_many_chose_what_and_its_best():
    stage = factory.stage(rulebook=factory.one_round("audience", items=1), items=1)
    crowd = factory.audience(stage.match, 3)
    type(crowd[0]).objects.filter(pk=crowd[0].pk).update(name="小城")
    stage.start()
    turn = stage.turn()
    answer(stage, crowd[0], turn, ["a1"])
    assert public(stage)[0]["answers"] == {"given": 1, "of": 3, "seats": []}
    answer(stage, crowd[1], turn, ["b2"])
    answer(stage, crowd[2], turn, ["a1"], after=5)
    assert stage.state.turn.phase == "ruled"
    stage.move("turn_closed")
    shown, yous = public(stage)
    assert shown["reveal"]["options"] == {"a1": 2, "b2": 1}
    assert (shown["board"]["top"][0]["name"], shown["board"]["count"]) == ("小城", 3)
    assert [yous[one.pk]["place"] for one in crowd] == [1, 3, 2]
    assert yous[crowd[1].pk]["result"] == {"verdict": "wrong", "points": "0"}


def test_a_seat_knows_what_it_sent_and_may_do():
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", mode="together"), items=1)
    pad = stage.pad(1)
    stage.start()
    turn = stage.turn()
    assert public(stage)[1][pad.pk]["may"] == ["answer"]
    answer(stage, pad, turn, ["b2"])
    you = public(stage)[1][pad.pk]
    assert (you["answered"], you["may"]) == ({"turn": turn, "response": ["b2"]}, [])
    assert (you["team"], you["seat"], you["points"], you["place"]) == ("钟楼队", 1, "100", 1)


def test_the_desk_holds_the_key_and_the_next_question():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    assert staff(stage)["next"]["key"] == {"options": ["a1"]}
    stage.turn()
    desk_now = staff(stage)
    assert (desk_now["key"], desk_now["explanation"]) == ({"options": ["a1"]}, "SECRET-EXPLANATION")
    assert {"right", "wrong", "timeout", "void"} == {
        one["data"]["verdict"] for one in desk_now["may"] if one["action"] == "ruled" and not one["why"]
    }


def test_the_desk_says_why_a_move_is_not_possible():
    stage = factory.stage(items=9)
    stage.start()
    early = next(one for one in staff(stage)["may"] if one["action"] == "finished")
    assert early["why"]
    assert early["roles"] == ["host"]


def test_the_pads_answers_propose_the_rulings():
    stage = factory.stage(rulebook=factory.one_round("team", by="pad", mode="together"), items=1)
    stage.start()
    turn = stage.turn()
    answer(stage, stage.pad(1), turn, ["a1"])
    answer(stage, stage.pad(2), turn, ["b2"])
    stage.move("closed")
    assert staff(stage)["proposed"] == {"1": "right", "2": "wrong", "3": "timeout"}


def test_the_log_tells_every_event_and_strikes_out_what_was_undone():
    stage = factory.stage(rulebook=factory.one_round("team"), items=3)
    stage.start()
    stage.turn()
    stage.move("ruled", {"verdict": "wrong"})
    assert staff(stage)["undo"]["seq"] == 5
    stage.move("undone", {"reason": "误判"})
    log = staff(stage)["log"]
    assert ([one["seq"] for one in log], log[1]["undone"]) == ([6, 5, 4, 3, 2, 1], True)
    assert public(stage)[0]["last"]["seq"] == 6


@pytest.mark.parametrize("teams", [1, 3])
def test_a_view_costs_as_much_with_one_team_as_with_three(teams, django_assert_num_queries):
    stage = factory.stage(rulebook=factory.one_round("team"), items=3, teams=teams)
    stage.start()
    stage.turn("right")
    state = stage.state
    with django_assert_num_queries(5):
        pads.given(stage.match, state)


def test_no_desk_and_no_screen_is_told_what_another_judge_gave_while_they_mark():
    stage = factory.stage(rulebook=factory.one_round("scenario", judges=2), items=3)
    mine = factory.seat(stage.match, "judge", user_id=stage.chief.user_id)
    theirs = factory.seat(stage.match, "judge", user_id=stage.host.user_id)
    stage.start()
    stage.turn()
    stage.move("scored", {"team": 1, "points": "17.5"}, by=stage.chief)
    shown, yous = public(stage)
    assert "17.5" not in json.dumps([shown, staff(stage), yous[theirs.pk]], default=str)
    assert (yous[mine.pk]["given"], [one["scored"] for one in staff(stage)["judges"]]) == ("17.5", [True])
