"""Threads on a real database file: ten processes settle the same presses, one order comes of it."""

import uuid

import pytest

from exams.contests.models import MatchEvent
from exams.contests.queries import matches
from exams.contests.services import answers, buzzing
from exams.contests.services.answers import Press
from tests.factories import contests as factory
from tests.factories import racing
from tests.factories.contests import NOON, SECOND

pytestmark = pytest.mark.django_db(transaction=True)
together = pytest.fixture(racing.together)


def test_ten_who_settle_at_once_append_one_order(together):
    stage = factory.stage(rulebook=factory.one_round("buzzer", items=1), items=1)
    stage.start()
    turn = stage.turn()
    opened = stage.state.turn.opened
    presses = [Press(uuid.uuid4(), stage.pad(team).pk, turn, opened, NOON + SECOND) for team in (1, 2)]
    answers.store_presses(match=stage.match, batch=presses, at=NOON + SECOND)
    told, (count, state) = together(
        lambda n: buzzing.settle(match=stage.match, at=NOON + 2 * SECOND) is not None,
        lambda: (MatchEvent.objects.filter(kind="pressed").count(), matches.load_state(stage.match)),
    )
    assert (sum(told), count, state.turn.phase) == (1, 1, "answering")
