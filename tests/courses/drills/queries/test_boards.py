"""Boards always equal the sum of the ledger, whatever happened and however one looks."""

import datetime

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.drills.models import PointDay, PointEntry
from courses.drills.queries.boards import period_of, person_board, place_of, serving, unit_board
from courses.drills.rules import points
from lianbing.people.models import Appointment
from tests.factories import drills
from tests.factories.people import unit

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 16, 4, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 20)
WEEK = period_of("week", TODAY)
TURN = st.tuples(
    st.integers(0, 3),
    st.integers(0, 6),
    st.integers(1, 30),
    st.sampled_from(["daily", "topic"]),
    st.booleans(),
)


@pytest.fixture
def bureau():
    """A brigade with a squad and one without; somebody moves on Thursday, somebody serves nowhere."""
    root = unit("云汐局")
    first, second = unit("一大队", root), unit("二大队", root)
    squad = unit("一中队", first)
    people = [drills.learner(one) for one in (squad, first, second, root)]
    moved = people[0].appointments.get()
    Appointment.objects.filter(pk=moved.pk).update(ends_on=datetime.date(2026, 11, 19))
    Appointment.objects.create(
        officer=people[0],
        unit=second,
        post=moved.post,
        starts_on=datetime.date(2026, 11, 19),
        recorded_at=MONDAY,
    )
    people[3].appointments.all().delete()
    return root, people, drills.questions(30)


def practise(people, asked, turns):
    """Each turn: who, on which day, how many questions, of which kind of set, and whether right."""
    for number, (who, day, count, kind, is_right) in enumerate(sorted(turns, key=lambda turn: turn[1])):
        at = MONDAY + datetime.timedelta(days=day, minutes=40 * number)
        daily = {"officer": people[who], "kind": "daily", "on": at.date()}
        if kind == "daily" and drills.DrillSet.objects.filter(**daily).exists():
            kind = "topic"
        made = drills.drill_set(people[who], asked[:count], kind=kind, made_at=at - drills.MINUTE * 39)
        drills.take_all(made, is_right=is_right, at=at)


def total(rows):
    return rows.aggregate(sum=Sum("points"))["sum"] or 0


def sums_agree(root):
    """The ledger, the days, the unit boards on every level and the people's board say the same."""
    ledger = total(PointEntry.objects.all())
    assert total(PointDay.objects.all()) == ledger
    top = unit_board(None, *WEEK, serving(TODAY))
    assert sum(line.points for line in top) == ledger
    inside = sum(line.points for line in unit_board(root, *WEEK, serving(TODAY)))
    assert inside == sum(line.points for line in top if line.unit == root)
    assert sum(line.points for line in person_board("", *WEEK)) == ledger
    for day in PointDay.objects.all():
        assert day.points == total(PointEntry.objects.filter(officer=day.officer, on=day.on)) <= points.CAP


@given(turns=st.lists(TURN, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_boards_equal_the_sum_of_the_ledger(bureau, turns):
    root, people, asked = bureau
    with transaction.atomic():
        practise(people, asked, turns)
        sums_agree(root)
        transaction.set_rollback(True)


def test_units_of_different_size_are_compared_by_head(bureau):
    root, people, asked = bureau
    for _ in range(3):
        drills.learner(people[1].appointments.get().unit)
    practise(people, asked, [(1, 0, 10, "topic", True), (2, 0, 10, "topic", True)])
    lines = unit_board(root, *WEEK, serving(TODAY))
    assert [(line.unit.name, line.points, line.heads) for line in lines] == [
        ("二大队", 20, 2),
        ("一大队", 20, 4),
    ]
    assert [line.participation for line in lines] == [50, 25]


def test_people_with_equal_points_share_a_place_and_nobody_stands_there_with_none(bureau):
    _root, people, asked = bureau
    practise(people, asked, [(0, 0, 5, "topic", True), (1, 0, 5, "topic", True), (2, 0, 3, "topic", True)])
    practise([people[3]], asked, [(0, 1, 3, "topic", False)])
    assert [(line.place, line.points) for line in person_board("", *WEEK)] == [(1, 10), (1, 10), (3, 6)]
    assert place_of(people[2].pk, "", *WEEK).place == 3
    assert place_of(people[3].pk, "", *WEEK) is None


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("week", "2026-11-16", "2026-11-22"),
        ("month", "2026-11-01", "2026-11-30"),
        ("year", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(kind, first, last):
    assert [f"{day}" for day in period_of(kind, TODAY)] == [first, last]
