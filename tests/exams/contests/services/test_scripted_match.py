"""The match of `scripted`, played through the services on the database, equals what was computed by hand."""

import pytest

from exams.contests.models import MatchEvent, MatchResult
from exams.contests.queries import matches
from exams.contests.rules.ranking import places
from exams.contests.services import events
from lianbing.people.rules import SYSTEM
from tests.exams.contests import scripted
from tests.factories import contests as factory
from tests.factories.contests import NOON, SECOND

BY_SERVICE = {"early", "pressed"}
BY_CHIEF = {"fouled", "overridden", "confirmed"}


@pytest.fixture
def played(db):
    """The stage after the last move, each a second after the one before, with the ids of real players."""
    stage = factory.stage(items=0, substitutes=1)
    for item in range(30):
        factory.add_item(stage.match, spare=True, round=item % 4)
    players = {
        10 * seat + place: player.pk
        for seat, team in enumerate(stage.teams, start=1)
        for place, player in enumerate(team.players.order_by("position"), start=1)
    }
    for number, (kind, data) in enumerate(scripted.moves(), start=1):
        said = {name: _player(players, name, value) for name, value in data.items()}
        at = NOON + number * SECOND
        if kind in BY_SERVICE:
            events.append(match=stage.match, kind=kind, data=said, by=SYSTEM, at=at)
        else:
            stage.move(kind, said, by=stage.chief if kind in BY_CHIEF else stage.host, at=at)
    return stage


def _player(players, name, value):
    return players.get(value, value) if name in {"player", "out", "in"} else value


def test_the_scores_are_those_computed_by_hand(played):
    assert {seat: str(points) for seat, points in played.state.scores.items()} == scripted.SCORES
    assert {one.seat: one.place for one in places(played.state)} == scripted.PLACES


def test_another_process_comes_to_the_same(played):
    seen = played.state
    matches.forget()
    assert matches.load_state(played.match) == seen
    assert MatchEvent.objects.count() == seen.seq == len(scripted.moves())


def test_every_point_opens_the_event_behind_it(played):
    state, base = played.state, played.state.rulebook.base_score
    seqs = set(MatchEvent.objects.values_list("seq", flat=True))
    assert {entry.seq for entry in state.ledger} <= seqs
    for seat, score in state.scores.items():
        assert score == base + sum(entry.points for entry in state.ledger if entry.team == seat)


def test_a_confirmed_result_is_written_down(played):
    if played.state.phase != "confirmed":
        played.move("confirmed", by=played.chief, at=NOON + 3600 * SECOND)
    found = MatchResult.objects.order_by("team__position").values_list("place", flat=True)
    assert dict(enumerate(found, start=1)) == scripted.PLACES
