"""Every conversion with its figures."""

import datetime
from decimal import Decimal

import pytest

from courses.training.rules import conversion as c
from courses.training.rules.conversion import Activity, Form, Table, TableError, Way

DAY = datetime.date(2026, 6, 10)
EIGHT, SIX, LESSONS = (preset.table for preset in c.PRESETS)


def hours(table, form=Form.IN_PERSON, **fields):
    return c.convert(table, Activity(form, DAY, DAY, **fields))


@pytest.mark.parametrize(
    ("table", "minutes", "expected"),
    [
        (EIGHT, 480, "8"),
        (EIGHT, 360, "8"),
        (EIGHT, 359, "4"),
        (EIGHT, 180, "4"),
        (EIGHT, 179, "3.75"),
        (EIGHT, 45, "1"),
        (EIGHT, 60, "1.25"),
        (EIGHT, 0, "0"),
        (SIX, 360, "6"),
        (SIX, 180, "3"),
        (SIX, 179, "3"),
        (SIX, 90, "2"),
        (LESSONS, 45, "1"),
        (LESSONS, 44, "0.75"),
        (LESSONS, 90, "2"),
        (LESSONS, 360, "8"),
        (LESSONS, 480, "10.5"),
        (Table(short_counts=False), 179, "0"),
        (Table(way=Way.MINUTES, step=Decimal(1)), 89, "1"),
    ],
)
def test_time_spent_together(table, minutes, expected):
    assert hours(table, minutes=minutes) == Decimal(expected)


@pytest.mark.parametrize(
    ("minutes", "untested", "tested"),
    [
        (0, "0", "0"),
        (1, "0.25", "0.75"),
        (15, "0.25", "0.75"),
        (16, "0.5", "1"),
        (29, "0.5", "1"),
        (30, "1", "1.5"),
        (300, "1", "1.5"),
    ],
)
def test_an_online_course(minutes, untested, tested):
    assert hours(EIGHT, Form.ONLINE, minutes=minutes) == Decimal(untested)
    assert hours(EIGHT, Form.ONLINE, minutes=minutes, test_passed=True) == Decimal(tested)


@pytest.mark.parametrize(
    ("table", "days", "expected"),
    [(EIGHT, "3", "24"), (EIGHT, "2.5", "20"), (SIX, "3", "18"), (SIX, "10", "48"), (LESSONS, "0.5", "4")],
)
def test_an_external_course_by_days_up_to_its_limit(table, days, expected):
    assert hours(table, Form.EXTERNAL, days=Decimal(days)) == Decimal(expected)


def test_a_seminar_has_a_figure_of_its_own_or_counts_by_its_time():
    assert hours(SIX, Form.SEMINAR, minutes=600) == Decimal(3)
    assert hours(EIGHT, Form.SEMINAR, minutes=180) == Decimal(4)


def test_self_study_counts_by_lessons_or_not_at_all():
    assert hours(EIGHT, Form.SELF_STUDY, minutes=90) == Decimal(2)
    assert hours(Table(self_study_counts=False), Form.SELF_STUDY, minutes=90) == 0


@pytest.mark.parametrize(
    ("given", "expected"), [("0", "6"), ("12", "6"), ("15", "3"), ("18", "0"), ("20", "0")]
)
def test_a_class_of_ones_own_stops_at_eighteen(given, expected):
    assert c.within_class(SIX, Decimal(6), Decimal(given)) == Decimal(expected)
    assert c.within_class(EIGHT, Decimal(6), Decimal(given)) == Decimal(6)


@pytest.mark.parametrize(
    ("form", "minutes", "days", "expected"),
    [
        (Form.IN_PERSON, 360, "0", "1"),
        (Form.IN_PERSON, 180, "0", "0.5"),
        (Form.IN_PERSON, 179, "0", "0"),
        (Form.EXTERNAL, 0, "2.5", "2.5"),
        (Form.ONLINE, 360, "0", "0"),
        (Form.SELF_STUDY, 360, "0", "0"),
    ],
)
def test_training_days(form, minutes, days, expected):
    activity = Activity(form, DAY, DAY, minutes=minutes, days=Decimal(days))
    assert c.training_days(EIGHT, activity) == Decimal(expected)


def over_new_year(table, first, last, days):
    made = c.parts(table, Activity(Form.EXTERNAL, first, last, days=Decimal(days)))
    return [(part.on.isoformat(), part.hours, part.days) for part in made]


def test_a_course_over_new_year_is_split_by_its_days():
    split = over_new_year(EIGHT, datetime.date(2025, 12, 30), datetime.date(2026, 1, 2), 4)
    assert split == [("2025-12-31", Decimal(16), Decimal(2)), ("2026-01-02", Decimal(16), Decimal(2))]


def test_the_limit_of_a_course_holds_for_both_years_together():
    split = over_new_year(SIX, datetime.date(2025, 12, 28), datetime.date(2026, 1, 10), 10)
    assert split == [("2025-12-31", Decimal(15), Decimal("2.5")), ("2026-01-10", Decimal(33), Decimal("7.5"))]


def test_a_session_and_an_online_course_belong_to_one_year():
    first, last = datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)
    assert len(c.parts(EIGHT, Activity(Form.ONLINE, first, last, minutes=45))) == 1


def test_a_table_survives_being_stored():
    for preset in c.PRESETS:
        assert c.from_json(c.to_json(preset.table)) == preset.table


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"full_day": "x"}, "full_day", "number"),
        ({"full_day": "NaN"}, "full_day", "number"),
        ({"full_day": None}, "full_day", "number"),
        ({"full_day": "-1"}, "full_day", "range"),
        ({"full_day": "1001"}, "full_day", "range"),
        ({"step": "0"}, "step", "range"),
        ({"lesson_minutes": 0}, "lesson_minutes", "range"),
        ({"half_day": "9"}, "half_day", "order"),
        ({"half_day_minutes": 400}, "half_day_minutes", "order"),
        ({"online_short_minutes": 30}, "online_short_minutes", "order"),
        ({"online_short": "2"}, "online_middle", "order"),
        ({"way": "moon"}, "way", "number"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong, field, code):
    with pytest.raises(TableError) as refused:
        c.from_json(wrong)
    assert (refused.value.field, refused.value.code) == (field, code)
