"""Working days, holidays, made-up days, and the deadlines of a procedure."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianbing.library.rules.holidays import OFF, WORKED
from lianbing.library.rules.working_days import (
    Kind,
    StepError,
    deadline,
    doubtful,
    is_working,
    latest,
    parse_limit,
    parse_steps,
)

DAY = datetime.date.fromisoformat
STEPS = """立案 | 填表
告知 | 送达告知书
听证申请 | 当事人申请 | 5个工作日 | 告知
决定 | 作出决定 | 90日 | 立案
送达 | 交付 | 7个工作日 | 决定
上传 | 记录 | 24小时 | 立案"""


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-10-01", False),
        ("2026-10-10", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2025-10-08", False),
        ("2025-01-26", True),
        ("2030-10-01", False),
        ("2030-10-04", True),
        ("2027-01-01", False),
    ],
)
def test_a_day_works_by_week_holiday_and_make_up(day, works):
    assert is_working(DAY(day)) is works


@pytest.mark.parametrize(
    ("start", "length", "kind", "last", "nominal"),
    [
        ("2026-11-20", 7, Kind.WORKING, "2026-12-01", "2026-12-01"),
        ("2026-09-24", 7, Kind.WORKING, "2026-10-12", "2026-10-12"),
        ("2026-09-30", 1, Kind.WORKING, "2026-10-08", "2026-10-08"),
        ("2026-10-09", 1, Kind.WORKING, "2026-10-10", "2026-10-10"),
        ("2026-07-03", 90, Kind.CALENDAR, "2026-10-08", "2026-10-01"),
        ("2026-11-13", 7, Kind.CALENDAR, "2026-11-20", "2026-11-20"),
        ("2026-11-14", 7, Kind.CALENDAR, "2026-11-23", "2026-11-21"),
    ],
)
def test_a_period_leaves_out_its_first_day_and_never_ends_on_a_day_off(start, length, kind, last, nominal):
    found = deadline(DAY(start), length, kind)
    assert (found.last, found.nominal, found.known) == (DAY(last), DAY(nominal), True)


def test_a_year_whose_holidays_are_unknown_says_so():
    found = deadline(DAY("2026-12-28"), 7, Kind.WORKING)
    assert (found.last, found.known) == (DAY("2027-01-07"), False)
    with pytest.raises(ValueError, match="0"):
        deadline(DAY("2026-11-20"), 0, Kind.WORKING)


@given(st.dates(DAY("2024-01-01"), DAY("2026-10-01")), st.integers(1, 40))
def test_working_days_are_exactly_counted(start, length):
    last = deadline(start, length, Kind.WORKING).last
    between = [start + datetime.timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(is_working(day) for day in between) == length
    assert is_working(last)


def test_every_made_up_day_is_a_weekend_and_every_year_has_both_tables():
    assert OFF.keys() == WORKED.keys()
    days = [datetime.date(year, *day) for year in WORKED for day in WORKED[year]]
    assert [day for day in days if day.weekday() < 5] == []
    assert all(is_working(day) for day in days)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("", (Kind.NONE, 0)),
        ("当场", (Kind.AT_ONCE, 0)),
        ("七个工作日", (Kind.WORKING, 7)),
        ("7个工作日内", (Kind.WORKING, 7)),
        ("九十日", (Kind.CALENDAR, 90)),
        ("30天", (Kind.CALENDAR, 30)),
        ("24小时内", (Kind.HOURS, 24)),
    ],
)
def test_time_limits_are_read(text, limit):
    assert parse_limit(text) == limit


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("立案\n立案", "twice", 2),
        (" | 甲", "name", 1),
        ("立案 | 甲 | 几天", "limit", 1),
        ("立案 | 甲 | 0日", "limit", 1),
        ("立案\n送达 | 甲 | 7日 | 决定", "since", 2),
        ("a|b|c|d|e", "fields", 1),
        ("\n".join(f"步{n}" for n in range(40)), "lines", 31),
    ],
)
def test_a_bad_step_is_named_by_its_line(text, code, line):
    with pytest.raises(StepError) as error:
        parse_steps(text)
    assert (error.value.code, error.value.line) == (code, line)


@pytest.mark.parametrize(
    ("happened", "on", "days"),
    [
        ("立案", "2026-06-01", [None, None, None, "2026-08-31", "2026-09-09", None]),
        ("告知", "2026-11-20", [None, None, "2026-11-27", None, None, None]),
        ("决定", "2026-11-20", [None, None, None, None, "2026-12-01", None]),
    ],
)
def test_the_latest_day_of_each_step_follows_from_what_happened(happened, on, days):
    rows = latest(parse_steps(STEPS), happened, DAY(on))
    assert [due and due.last.isoformat() for _step, _start, due in rows] == days


def test_short_periods_of_plain_days_are_pointed_out():
    steps = parse_steps("a | b | 7日\nc | d | 7个工作日\ne | f | 90日\ng | h | 二日")
    assert [step.name for step in doubtful(steps)] == ["a", "g"]
