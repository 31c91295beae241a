"""The calendar of campaigns."""

import datetime

import pytest

from exams.contests.rules import campaigns as rules
from exams.contests.rules.campaigns import Stage

DAY = datetime.date


def test_the_constitution_day_comes_every_year():
    preset = rules.BY_CODE["constitution_day"]
    assert rules.span_of(preset, 2026)[1:] == (DAY(2026, 12, 4), DAY(2026, 12, 4))
    assert rules.span_of(preset, 2031).first == DAY(2031, 12, 4)


@pytest.mark.parametrize(
    ("today", "year"), [(DAY(2026, 12, 3), 2026), (DAY(2026, 12, 4), 2026), (DAY(2026, 12, 5), 2027)]
)
def test_a_day_is_coming_until_it_is_over(today, year):
    found = {one.preset.code: one for one in rules.coming(today)}
    assert found["constitution_day"].first.year == year


def test_the_calendar_is_in_order_and_holds_every_day_once():
    found = rules.coming(DAY(2026, 6, 15))
    assert [one.first for one in found] == sorted(one.first for one in found)
    assert sorted(one.preset.code for one in found) == sorted(rules.BY_CODE)
    assert found[0].preset.code == "safety_month"


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (DAY(2026, 11, 30), Stage.COMING),
        (DAY(2026, 12, 1), Stage.OPEN),
        (DAY(2026, 12, 7), Stage.OPEN),
        (DAY(2026, 12, 8), Stage.OVER),
    ],
)
def test_a_campaign_opens_and_closes_by_its_days(today, wanted):
    days = {"first": DAY(2026, 12, 1), "last": DAY(2026, 12, 7)}
    assert rules.stage(**days, published=True, today=today) is wanted
    assert rules.stage(**days, published=False, today=today) is Stage.DRAFT
