"""A set dealt from a deck weighed once for a post is the set planned for this one person."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from courses.drills.rules.choosing import deal, deck
from courses.drills.rules.planning import Aim, Candidate, plan

NOW = datetime.datetime(2026, 11, 20, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
HOUR = datetime.timedelta(hours=1)
memories = st.none() | st.tuples(
    st.floats(0.01, 300), st.floats(1, 10), st.integers(0, 3000).map(lambda hours: NOW - hours * HOUR)
)
shelves = st.lists(st.tuples(st.lists(st.integers(1, 4), unique=True, max_size=2), memories), max_size=25)
goals = st.none() | st.builds(
    Aim,
    st.integers(-2, 90).map(lambda days: NOW.date() + datetime.timedelta(days=days)),
    st.dictionaries(st.integers(1, 4), st.floats(0.1, 50), max_size=4),
)


@given(shelf=shelves, goal=goals, size=st.integers(0, 12))
def test_dealing_is_planning(shelf, goal, size):
    whole = [
        Candidate(pk, tuple(points), *(memory or (None, None, None)))
        for pk, (points, memory) in enumerate(shelf, 1)
    ]
    offered = [Candidate(one.question, one.points) for one in whole]
    seen = [(one.question, one.stability, one.difficulty, one.last_at) for one in whole if one.last_at]
    dealt = deal(deck(offered=offered, now=NOW, goal=goal), seen=seen, size=size)
    assert dealt == plan(candidates=whole, now=NOW, goal=goal, size=size)


def test_what_is_stressed_comes_before_its_equal():
    seen = [(pk, 5.0, 5.0, NOW - 48 * HOUR) for pk in (1, 2, 3)]
    offered = [Candidate(pk) for pk in (1, 2, 3)]
    dealt = deal(deck(offered=offered, now=NOW, goal=None), seen=seen, size=3, emphasis={3: 2.0})
    assert dealt == [3, 1, 2]


def test_what_is_no_more_on_offer_is_not_dealt():
    seen = [(9, 5.0, 5.0, NOW - 48 * HOUR)]
    assert deal(deck(offered=[Candidate(1)], now=NOW, goal=None), seen=seen, size=5) == [1]
