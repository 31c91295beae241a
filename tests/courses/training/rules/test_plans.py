"""What a line lacks, and how far it is done."""

import datetime
from decimal import Decimal as D

import pytest

from courses.training.rules.plans import (
    Done,
    Event,
    Lack,
    done,
    lacks,
    overdue,
    plan_percent,
    same_day_next_year,
    subtree,
)

DAY = datetime.date(2026, 6, 30)
WHOLE = {
    "measure": "classes",
    "target": D(2),
    "has_owner": True,
    "owner_serves": True,
    "due_on": DAY,
    "year": 2026,
}
PEOPLE = frozenset({1, 2, 3, 4})
MORNING = Event("a", "class:1", frozenset({1, 2}), {1: D(4), 2: D(4)})
AFTERNOON = Event("b", "class:1", frozenset({2, 9}), {2: D(4), 9: D(4)})
ALONE = Event("c", "session:c", frozenset({3}), {3: D(2)})
HALF_HELD = Event("d", "class:2", frozenset({4}), {4: D(8)}, whole=False)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"measure": ""}, [Lack.MEASURE]),
        ({"measure": "smiles"}, [Lack.MEASURE]),
        ({"target": None}, [Lack.TARGET]),
        ({"target": D(0)}, [Lack.TARGET]),
        ({"target": D("1.5")}, [Lack.TARGET_NOT_WHOLE]),
        ({"target": D("1.5"), "measure": "hours"}, []),
        ({"target": D(101), "measure": "coverage"}, [Lack.TARGET_TOO_LARGE]),
        ({"target": D(100), "measure": "coverage"}, []),
        ({"has_owner": False}, [Lack.OWNER]),
        ({"owner_serves": False}, [Lack.OWNER_GONE]),
        ({"due_on": None}, [Lack.DATE]),
        ({"due_on": datetime.date(2027, 1, 1)}, [Lack.DATE_OUTSIDE]),
        (
            {"measure": "", "target": None, "has_owner": False, "due_on": None},
            [Lack.MEASURE, Lack.TARGET, Lack.OWNER, Lack.DATE],
        ),
    ],
)
def test_a_line_says_everything_it_lacks(change, expected):
    assert lacks(**(WHOLE | change)) == expected


@pytest.mark.parametrize(
    ("measure", "target", "events", "amount", "percent"),
    [
        ("classes", D(2), [MORNING, AFTERNOON], D(1), D(50)),
        ("classes", D(2), [MORNING, ALONE], D(2), D(100)),
        ("classes", D(2), [HALF_HELD], D(0), D(0)),
        ("classes", D(1), [MORNING, MORNING], D(1), D(100)),
        ("people", D(4), [MORNING, AFTERNOON], D(3), D(75)),
        ("coverage", D(100), [MORNING, AFTERNOON, ALONE], D(75), D(75)),
        ("coverage", D(50), [MORNING], D(50), D(100)),
        ("hours", D(6), [MORNING, AFTERNOON], D(3), D(50)),
        ("hours", D(3), [MORNING, MORNING], D(2), D("66.6")),
        ("classes", None, [ALONE], D(1), D(0)),
        ("", D(2), [ALONE], D(0), D(0)),
        ("classes", D(2), [], D(0), D(0)),
    ],
)
def test_what_is_done_follows_from_events_each_once(measure, target, events, amount, percent):
    assert done(measure, target, events, PEOPLE) == Done(amount, percent)


def test_a_unit_without_people_covers_nobody():
    assert done("coverage", D(100), [MORNING], frozenset()).percent == 0
    assert done("hours", D(1), [MORNING], frozenset()).percent == 0


def test_nearly_done_is_not_done():
    nearly = done("people", D(3000), [Event("x", "x", frozenset(range(2999)))], PEOPLE)
    assert nearly.percent == D("99.9")
    assert not nearly.complete


def test_a_subtree_holds_every_line_once_even_in_a_ring():
    assert subtree("a", {"a": None, "b": "a", "c": "b", "d": None}) == {"a", "b", "c"}
    assert subtree("a", {"a": "c", "b": "a", "c": "b"}) == {"a", "b", "c"}


def test_a_plan_is_done_as_the_mean_of_its_lines_and_none_makes_up_for_another():
    assert plan_percent([Done(D(9), D(300)), Done(D(0), D(0))]) == D(50)
    assert plan_percent([]) == 0


@pytest.mark.parametrize(
    ("due_on", "percent", "red"),
    [
        (DAY, D(99), True),
        (DAY, D(100), False),
        (DAY + datetime.timedelta(days=1), D(0), False),
        (None, D(0), False),
    ],
)
def test_a_line_is_red_from_the_day_after_its_last(due_on, percent, red):
    assert overdue(due_on, percent, DAY + datetime.timedelta(days=1)) is red


def test_a_copied_line_keeps_its_day_of_the_year():
    assert same_day_next_year(DAY, 2027) == datetime.date(2027, 6, 30)
    assert same_day_next_year(datetime.date(2028, 2, 29), 2029) == datetime.date(2029, 2, 28)
    assert same_day_next_year(None, 2027) is None
