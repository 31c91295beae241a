"""Titles and file names that mean one law."""

import datetime

import pytest

from lianbing.library.rules import law_dates, law_names


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国公园法",
        "公园法",
        "公园法（2021年修订）",
        "公园法(2021修正)",
        "公园法（试行）",
        "公 园 法",
        "《公园法》",
        "公园法（全文）",
        "中华人民共和国公园法(2009年8月27日修正)",
    ],
)
def test_one_law_by_many_titles(title):
    assert law_names.key(title) == "公园法"


@pytest.mark.parametrize(
    "title", ["宪法修正案（1988年）", "公园法（二）", "公园法实施条例", "公园法（草稿甲）"]
)
def test_what_belongs_to_the_name_stays(title):
    assert law_names.key(title) != law_names.key("公园法")
    assert law_names.split_title(title)[0] == title


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("公园法(2021-01-22)", "2021-01-22"),
        ("中华人民共和国公园法_20210122", "2021-01-22"),
        ("公园法2021-01-22", "2021-01-22"),
        ("公园法 2021.1.22", "2021-01-22"),
        ("公园法（2021年1月22日公布）", "2021-01-22"),
        ("20210122 公园法", "2021-01-22"),
        ("01-公园法_20210122", "2021-01-22"),
        ("公园法", None),
        ("公园法(2021-02-30)", None),
        ("公园法12345678901", None),
    ],
)
def test_the_day_and_the_name_in_a_file_name(stem, day):
    assert law_dates.file_date(stem) == (datetime.date.fromisoformat(day) if day else None)
    if day:
        assert law_names.key(law_names.named_by(stem)) == "公园法"


def test_a_day_no_calendar_has_is_told():
    assert law_dates.impossible_file_date("公园法(2021-02-30)") == "2021-02-30"
    assert law_dates.impossible_file_date("公园法(2021-02-28)") == ""


@pytest.mark.parametrize("text", ["二〇二一年一月二十二日", "二○二一年元月二十二日", "２０２１年１月２２日"])
def test_days_in_chinese_numerals_are_days(text):
    (match,) = law_dates.matches(text)
    assert law_dates.day_of(match) == datetime.date(2021, 1, 22)
