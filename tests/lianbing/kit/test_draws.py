"""Chance that anyone can recompute."""

import collections

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.kit.draws import Draw

SEED = bytes(range(16))
PUBLISHED = [637, 974, 373, 488, 432, 189]


def test_the_stream_is_what_the_documentation_says():
    """A published value: whoever writes the generator anew must get the same."""
    drawn = Draw(SEED, "paper")
    assert [drawn.below(1000) for _ in range(6)] == PUBLISHED


def test_labels_give_independent_streams():
    assert Draw(SEED, "questions").shuffled(range(50)) != Draw(SEED, "options").shuffled(range(50))


@given(st.binary(min_size=16, max_size=16), st.integers(0, 60))
def test_a_shuffle_keeps_every_item(seed, size):
    assert sorted(Draw(seed, "x").shuffled(range(size))) == list(range(size))


def test_every_value_is_equally_likely():
    """Chi-square over 5 values, 5,000 draws: critical value 18.5 at p = 0.001 with 4 degrees."""
    drawn = Draw(SEED, "fair")
    counts = collections.Counter(drawn.below(5) for _ in range(5000))
    assert sum((n - 1000) ** 2 / 1000 for n in counts.values()) < 18.5


def test_refuses_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="at least 1"):
        Draw(SEED, "x").below(0)
    with pytest.raises(ValueError, match="asked for 3 of 2"):
        Draw(SEED, "x").sample([1, 2], 3)
