"""Sorts, periods of the law, and how a record stands on a day."""

import datetime

import pytest

from certificates.ratings.rules.records import SORTS, Kind, Standing, faults, last_day, standing, touches

DAY = datetime.date(2026, 1, 15)


@pytest.mark.parametrize(
    ("kind", "sort", "last"),
    [
        (Kind.SANCTION, "warning", datetime.date(2026, 7, 14)),
        (Kind.SANCTION, "demerit", datetime.date(2027, 1, 14)),
        (Kind.SANCTION, "major_demerit", datetime.date(2027, 7, 14)),
        (Kind.SANCTION, "demotion", datetime.date(2028, 1, 14)),
        (Kind.SANCTION, "removal", datetime.date(2028, 1, 14)),
        (Kind.MEASURE, "admonition", datetime.date(2026, 7, 14)),
        (Kind.MEASURE, "yellow_card", None),
        (Kind.SANCTION, "circular", None),
        (Kind.HONOUR, "individual", None),
    ],
)
def test_a_sanction_holds_as_long_as_the_law_says(kind, sort, last):
    assert last_day(kind, sort, DAY) == last


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"sort": "warning"}, [("sort", "sort")]),
        ({"on": datetime.date(2026, 3, 1)}, [("on", "ahead"), ("expires_on", "order")]),
        ({"expires_on": datetime.date(2026, 1, 14)}, [("expires_on", "order")]),
        ({"expires_on": None}, [("expires_on", "open")]),
    ],
)
def test_what_cannot_be_right_is_named(changed, found):
    said = {"kind": Kind.MEASURE, "sort": "talk", "on": DAY, "expires_on": datetime.date(2026, 2, 1)}
    assert faults(**(said | changed), today=datetime.date(2026, 1, 31)) == found


@pytest.mark.parametrize(
    ("day", "withdrawn", "how"),
    [
        (datetime.date(2026, 1, 14), False, Standing.AHEAD),
        (DAY, False, Standing.IN_FORCE),
        (datetime.date(2026, 2, 1), False, Standing.IN_FORCE),
        (datetime.date(2026, 2, 2), False, Standing.LAPSED),
        (DAY, True, Standing.WITHDRAWN),
    ],
)
def test_a_record_lapses_by_its_day(day, withdrawn, how):
    assert standing(on=DAY, expires_on=datetime.date(2026, 2, 1), withdrawn=withdrawn, day=day) is how


def test_without_a_last_day_a_record_counts_in_its_own_period_only():
    first, last = datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)
    assert not touches(on=DAY, expires_on=None, first=first, last=last)
    assert touches(on=DAY, expires_on=first, first=first, last=last)
    assert not touches(on=datetime.date(2026, 3, 1), expires_on=None, first=first, last=last)


def test_every_kind_has_sorts():
    assert set(SORTS) == set(Kind)
