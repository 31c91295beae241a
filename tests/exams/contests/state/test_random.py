"""Random matches of legal moves keep every invariant and replay to the same state from any prefix."""

import random
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exams.contests import state
from exams.contests.rules.match import Event, Illegal, Phase
from tests.exams.contests import random_matches
from tests.exams.contests.tables import BEGIN

FIVE_HUNDRED = [range(first, first + 50) for first in range(0, 500, 50)]


@pytest.mark.parametrize("seeds", FIVE_HUNDRED, ids=lambda seeds: f"from {seeds[0]}")
def test_random_legal_matches_keep_all_invariants(seeds):
    for seed in seeds:
        begin, events, last = random_matches.play(random.Random(seed), visit=random_matches.hold)
        assert state.replay(begin, events) == last


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 100000), st.integers(0, 80))
def test_any_prefix_replays_to_the_state_it_had(seed, cut):
    states = []
    begin, events, last = random_matches.play(
        random.Random(seed), most=80, visit=lambda before, event, after: states.append(after)
    )
    cut = min(cut, len(events))
    middle = state.replay(begin, events[:cut])
    assert middle == ([begin, *states])[cut]
    assert state.replay(middle, events[cut:]) == last


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 100000), st.integers(1, 80))
def test_undoing_the_newest_move_brings_back_what_was_before_it(seed, most):
    _begin, events, last = random_matches.play(random.Random(seed), most=most)
    assume(last.last is not None and last.phase is not Phase.CONFIRMED)
    assume(any(move.kind == "undone" for move in state.legal(last, "host")))
    event = Event(last.seq + 1, "undone", events[-1].at, "", {"seq": last.last.seq, "reason": "误点"})
    back = state.apply(last, event)
    apart = {"seq": 0, "undone": (), "turn": None, "revealed": frozenset()}
    assert replace(back, **apart) == replace(last.before, **apart)
    assert back.revealed == last.revealed
    assert (back.turn is None) == (last.before.turn is None)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 40) | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["team", "item", "player", "verdict", "value", "target", "presses", "results", "to", "seq", "teams"]
FIELDS += ["reason", "points", "judge", "code", "turn", "out", "in", "ends_at", "round", "again"]


@cache
def _middle(seed):
    """A match somewhere in its middle."""
    return random_matches.play(random.Random(seed), most=seed * 2)[2]


@settings(max_examples=300, deadline=None)
@given(
    st.integers(1, 30),
    st.sampled_from(sorted(state.MOVERS)),
    st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=8),
)
def test_whatever_a_move_says_it_is_taken_or_refused_with_a_code(seed, kind, data):
    match = _middle(seed)
    event = Event(match.seq + 1, kind, BEGIN, "", data)
    try:
        random_matches.hold(match, event, state.apply(match, event))
    except Illegal as illegal:
        code = illegal.code
    else:
        code = "taken"
    assert code
