"""The largest hall there is: sixteen teams of three on the stage and three hundred in the audience."""

import uuid
from decimal import Decimal

import pytest

from exams.contests.models import PadAnswer, Seat
from exams.contests.queries import facts as facts_of
from exams.contests.queries import pads
from exams.contests.queries.live import places, sent
from exams.contests.rendering import own, view
from exams.contests.services import answers
from exams.contests.services.answers import Answer
from tests.factories import contests as factory
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db
TEAMS, PEOPLE = 16, 300
ROUNDS = [
    {"kind": "team", "title": "", "items": 1, "settings": {"by": "pad", "mode": "together"}},
    {"kind": "audience", "title": "", "items": 1, "settings": {"points": "100", "speed_points": "0"}},
]


@pytest.fixture
def hall():
    """A match in its first round: (stage, pads of the teams by seat, pads of the audience)."""
    rulebook = {**factory.preset("bureau"), "rounds": ROUNDS, "tie_break": None}
    stage = factory.stage(rulebook=rulebook, items=1, units=(None,) * TEAMS, teams=TEAMS)
    factory.add_item(stage.match, round=1)
    sides = [stage.pad(seat) for seat in range(1, TEAMS + 1)]
    crowd = factory.audience(stage.match, PEOPLE)
    stage.start()
    return stage, sides, crowd


def give(stage, turn, pads_right):
    """Every one of these pads answers within the same second: "a1" is right."""
    batch = [
        Answer(uuid.uuid4(), pad.pk, turn, ["a1" if right else "b2"], NOON + SECOND)
        for pad, right in pads_right
    ]
    return answers.store_answers(match=stage.match, batch=batch, at=NOON + SECOND)


def test_sixteen_teams_and_three_hundred_people_are_all_counted(hall):
    stage, sides, crowd = hall
    turn = stage.turn()
    assert all(one.ok for one in give(stage, turn, [(pad, n % 2) for n, pad in enumerate(sides)]))
    for seat in range(1, TEAMS + 1):
        stage.move("ruled", {"team": seat, "verdict": "wrong" if seat % 2 else "right"})
    stage.move("turn_closed")
    stage.move("round_closed")
    stage.move("round_opened", {"round": 1})
    turn = stage.turn()
    assert all(one.ok for one in give(stage, turn, [(pad, n % 3 == 0) for n, pad in enumerate(crowd)]))
    stage.move("turn_closed")
    assert PadAnswer.objects.count() == TEAMS + PEOPLE
    assert stage.state.scores == {seat: Decimal(100 if seat % 2 else 110) for seat in range(1, TEAMS + 1)}
    assert sum(one.points for one in stage.state.crowd.values()) == Decimal(100) * (PEOPLE // 3)


def test_what_a_full_hall_is_shown_costs_what_a_small_one_does(hall, django_assert_max_num_queries):
    stage, _sides, _crowd = hall
    turn = stage.turn()
    state = stage.state
    with django_assert_max_num_queries(15):
        facts = facts_of.load_facts(stage.match)
        there = places(stage.match.uid, list(Seat.objects.values_list("pk", flat=True)))
        told = own.yous(
            facts,
            state,
            list(there.values()),
            sent(stage.match.uid, turn, state.turn.opened, list(there.values())),
        )
        shown = view.sections(facts, state, pads.given(stage.match, state))
    assert len(shown["scores"]) == TEAMS
    assert len(told) == TEAMS + PEOPLE
