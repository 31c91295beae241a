"""A match computed by hand comes out as computed."""

import datetime
from decimal import Decimal

from exams.contests import state
from exams.contests.rules.match import Event, Phase
from exams.contests.rules.ranking import places
from tests.exams.contests import scripted, tables


def _events():
    return [
        Event(seq, kind, tables.BEGIN + datetime.timedelta(seconds=seq), "主持人", data)
        for seq, (kind, data) in enumerate(scripted.moves(), 1)
    ]


def _begin():
    return state.start(scripted.rulebook(), scripted.TEAMS, scripted.SEED)


def test_the_scripted_match_ends_with_the_scores_computed_by_hand():
    end = state.replay(_begin(), _events())
    assert end.scores == {seat: Decimal(points) for seat, points in scripted.SCORES.items()}
    assert {one.seat: one.place for one in places(end)} == scripted.PLACES
    assert end.phase is Phase.CONFIRMED
    assert tables.balanced(end)


def test_every_point_of_the_scripted_match_opens_the_event_behind_it():
    events = _events()
    end = state.replay(_begin(), events)
    behind = {(events[entry.seq - 1].kind, entry.why) for entry in end.ledger}
    assert behind == {
        ("ruled", "right"),
        ("ruled", "wrong"),
        ("ruled", "timeout"),
        ("early", "early"),
        ("fouled", "foul.reading_material"),
        ("overridden", "override"),
    }


def test_every_prefix_of_the_scripted_match_replays_to_the_same_state():
    events, states = _events(), [_begin()]
    for event in events:
        states.append(state.apply(states[-1], event))
    assert all(state.replay(_begin(), events[:n]) == one for n, one in enumerate(states))
    assert all(tables.balanced(one) for one in states)


def test_the_undone_ruling_leaves_no_point():
    end = state.replay(_begin(), _events())
    assert len(end.undone) == 1
    assert end.undone[0] not in {entry.seq for entry in end.ledger}
