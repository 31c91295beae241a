"""Whom a change concerns, when its test is passed, how a task stands."""

import datetime

import pytest

from courses.drills.rules import change

DAY = datetime.date(2026, 11, 20)
ONE = datetime.timedelta(days=1)


@pytest.mark.parametrize(("hits", "posts"), [([], None), ([3, 1, 3], [1, 3]), ([3, None], []), ([None], [])])
def test_whom_a_change_concerns(hits, posts):
    assert change.concerned(hits) == posts


@pytest.mark.parametrize(
    ("right", "asked", "passed"), [(4, 5, True), (3, 5, False), (1, 1, True), (0, 0, False), (2, 3, False)]
)
def test_four_of_five_pass(right, asked, passed):
    assert change.passes(right=right, asked=asked) is passed


@pytest.mark.parametrize(
    ("facts", "due_on", "state"),
    [
        ({}, DAY, "open"),
        ({}, DAY - ONE, "overdue"),
        ({"failed": True}, DAY - ONE, "failed"),
        ({"failed": True, "passed": True}, DAY, "passed"),
        ({"withdrawn": True, "passed": True}, DAY, "passed"),
        ({"withdrawn": True, "failed": True}, DAY, "withdrawn"),
    ],
)
def test_how_a_task_stands(facts, due_on, state):
    known = {"passed": False, "failed": False, "withdrawn": False} | facts
    assert change.state(**known, due_on=due_on, today=DAY) == state
