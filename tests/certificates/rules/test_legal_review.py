"""Art. 58 binds whoever reviews decisions for the first time since 2018."""

import datetime

import pytest

from certificates.rules.legal_review import Standing, standing


@pytest.mark.parametrize(
    ("since", "qualified", "expected"),
    [
        ((2017, 12, 31), False, Standing.EARLIER),
        ((2018, 1, 1), False, Standing.LACKING),
        ((2018, 1, 1), True, Standing.QUALIFIED),
        ((2010, 1, 1), True, Standing.QUALIFIED),
    ],
)
def test_who_lacks_the_qualification(since, qualified, expected):
    assert standing(reviews_since=datetime.date(*since), qualified=qualified) is expected
