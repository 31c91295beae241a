"""Overlaps of people, rooms and instructors: half-open, across midnight, in a year's turn."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from courses.training.rules.timetable import Slot, clashes, shifted, whole_days

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def slot(key, start, end, people=(), rooms=(), instructors=()):
    return Slot(key, key, at(start), at(end), frozenset(people), frozenset(rooms), frozenset(instructors))


NINE_TO_TEN = slot("a", "2026-11-20T09:00", "2026-11-20T10:00", people=[1], rooms=[1], instructors=[1])


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [
        ("2026-11-20T09:30", "2026-11-20T10:30", True),
        ("2026-11-20T08:00", "2026-11-20T11:00", True),
        ("2026-11-20T09:15", "2026-11-20T09:45", True),
        ("2026-11-20T09:00", "2026-11-20T10:00", True),
        ("2026-11-20T10:00", "2026-11-20T11:00", False),
        ("2026-11-20T08:00", "2026-11-20T09:00", False),
        ("2026-11-20T09:59", "2026-11-20T10:01", True),
        ("2026-11-19T22:00", "2026-11-20T09:01", True),
        ("2026-11-21T09:00", "2026-11-21T10:00", False),
    ],
)
def test_what_ends_at_ten_does_not_meet_what_begins_at_ten(start, end, meets):
    other = slot("b", start, end, people=[1])
    assert bool(clashes([NINE_TO_TEN], [other])) is meets
    assert bool(clashes([other], [NINE_TO_TEN])) is meets


def test_a_night_session_meets_the_next_morning():
    night = slot("night", "2026-12-31T22:00", "2027-01-01T02:00", people=[7])
    assert clashes([night], [slot("b", "2027-01-01T01:00", "2027-01-01T03:00", people=[7])])
    assert not clashes([night], [slot("b", "2027-01-01T02:00", "2027-01-01T03:00", people=[7])])


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        ({"people": [1]}, ["person"]),
        ({"rooms": [1]}, ["room"]),
        ({"instructors": [1]}, ["instructor"]),
        ({"people": [1], "rooms": [1], "instructors": [1]}, ["room", "instructor", "person"]),
        ({"people": [2], "rooms": [2], "instructors": [2]}, []),
        ({}, []),
    ],
)
def test_only_what_both_want_clashes(other, kinds):
    there = slot("b", "2026-11-20T09:30", "2026-11-20T10:30", **other)
    assert [clash.kind for clash in clashes([NINE_TO_TEN], [there])] == kinds


def test_both_slots_are_named():
    there = slot("b", "2026-11-20T09:30", "2026-11-20T10:30", people=[1])
    (clash,) = clashes([NINE_TO_TEN], [there])
    assert (clash.one.label, clash.other.label, clash.who) == ("a", "b", 1)


def test_the_wanted_clash_with_each_other_once():
    there = slot("b", "2026-11-20T09:30", "2026-11-20T10:30", people=[1])
    assert len(clashes([NINE_TO_TEN, there], [])) == 1


def test_a_session_never_clashes_with_itself():
    moved = slot("a", "2026-11-20T09:30", "2026-11-20T10:30", people=[1], rooms=[1])
    assert clashes([moved], [NINE_TO_TEN]) == []


def test_whole_days_run_from_midnight_to_midnight():
    day = datetime.date(2026, 11, 20)
    assert whole_days(day, day, SHANGHAI) == (at("2026-11-20T00:00"), at("2026-11-21T00:00"))


@pytest.mark.parametrize(
    ("days", "then"), [(7, "2026-11-27T09:00"), (-20, "2026-10-31T09:00"), (0, "2026-11-20T09:00")]
)
def test_a_shifted_session_keeps_its_time_of_day(days, then):
    assert shifted(at("2026-11-20T09:00").astimezone(datetime.UTC), days, SHANGHAI) == at(then)
