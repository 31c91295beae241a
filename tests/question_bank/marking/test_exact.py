"""Exactly the key or nothing."""

from decimal import Decimal

import pytest

from question_bank import marking

KEY = frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("chosen", "got"),
    [({"a", "b"}, "3"), ({"a"}, "0"), ({"a", "b", "c"}, "0"), ({"c"}, "0"), (set(), "0")],
)
def test_exactly_the_key(chosen, got):
    assert marking.get("exact").mark(KEY, frozenset(chosen), Decimal(3)) == Decimal(got)


def test_rules_are_known_by_name():
    assert marking.names() == ["exact"]
    with pytest.raises(KeyError):
        marking.get("nobody")
