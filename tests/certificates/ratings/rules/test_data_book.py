"""The shares of the data book follow from its counted figures."""

from decimal import Decimal

import pytest

from certificates.ratings.rules.data_book import SECTIONS, SHARES, shares


def counted(**figures):
    names = [name for names in SECTIONS.values() for name in names if name not in SHARES]
    return {name: Decimal(figures.get(name, 0)) for name in (*names, "percent_sum")}


@pytest.mark.parametrize(
    ("figures", "name", "share"),
    [
        ({"officers": 3, "on_duty": 2}, "duty_share", "66.7"),
        ({"officers": 1, "auxiliaries": 1, "civilians": 1, "hours": "100"}, "hours_per_head", "33.3"),
        ({"officers": 8, "trained": 1}, "coverage", "12.5"),
        ({"invited": 103, "sat": 95}, "sit_rate", "92.2"),
        ({"sat": 95, "passed": 88}, "pass_rate", "92.6"),
        ({"sat": 4, "percent_sum": "313"}, "mean", "78.3"),
        ({"sat": 400, "passed": 1}, "pass_rate", "0.3"),
    ],
)
def test_a_share_is_rounded_half_up_to_one_place(figures, name, share):
    assert shares(counted(**figures))[name] == Decimal(share)


def test_nothing_is_divided_by_nobody():
    assert set(shares(counted()).values()) == {None}
