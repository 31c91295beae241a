"""The life of a class."""

import datetime
from itertools import product

import pytest

from courses.training.state import ClassState, class_may_move, class_stage

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2026, 11, 20), datetime.date(2026, 11, 24)
ALLOWED = {
    ("draft", "open"),
    ("draft", "cancelled"),
    ("open", "draft"),
    ("open", "running"),
    ("open", "finished"),
    ("open", "cancelled"),
    ("running", "open"),
    ("running", "finished"),
    ("running", "cancelled"),
    ("finished", "running"),
}


@pytest.mark.parametrize(("before", "after"), list(product(ClassState, ClassState)))
def test_every_pair_of_states(before, after):
    assert class_may_move(before, after) == ((before, after) in ALLOWED)


@pytest.mark.parametrize(
    ("state", "today", "stage"),
    [
        ("open", FIRST - DAY, "open"),
        ("open", FIRST, "running"),
        ("open", LAST, "running"),
        ("open", LAST + DAY, "over"),
        ("running", LAST + DAY, "over"),
        ("running", FIRST - DAY, "open"),
        ("draft", LAST + DAY, "draft"),
        ("finished", FIRST, "finished"),
        ("cancelled", FIRST, "cancelled"),
    ],
)
def test_the_stage_follows_from_the_days(state, today, stage):
    assert class_stage(state, FIRST, LAST, today) == stage
