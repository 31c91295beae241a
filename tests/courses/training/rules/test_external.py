"""What cannot be as external training is entered."""

import datetime
from decimal import Decimal as D

import pytest

from courses.training.rules.external import faults

START = datetime.date(2026, 11, 2)
THREE_DAYS = {
    "starts_on": START,
    "ends_on": datetime.date(2026, 11, 4),
    "days": D(3),
    "minutes": None,
    "today": datetime.date(2026, 11, 20),
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"days": D("2.5")}, []),
        ({"days": None, "minutes": 1800}, []),
        ({"ends_on": datetime.date(2026, 11, 1)}, [("ends_on", "order")]),
        ({"today": datetime.date(2026, 11, 3)}, [("ends_on", "future")]),
        ({"days": None}, [("days", "neither")]),
        ({"days": D("2.3")}, [("days", "halves")]),
        ({"days": D(4)}, [("days", "days")]),
        ({"days": None, "minutes": 1801}, [("minutes", "minutes")]),
        ({"starts_on": datetime.date(2025, 1, 1), "days": D(30)}, [("ends_on", "long")]),
    ],
)
def test_every_fault_is_named_at_its_field(change, expected):
    assert faults(**(THREE_DAYS | change)) == expected
