"""Formulas and reasons in words."""

from decimal import Decimal as D

import pytest
from django.utils import translation

from certificates.ratings.models import Result
from certificates.ratings.rendering import words
from certificates.ratings.rendering.explaining import explain
from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.scoring import line_score
from certificates.ratings.rules.words import Combine, Kind, Missing, PeriodKind, ScaleKind, Source, Window
from tests.factories import people, ratings

HOURS = Indicator("hours", title="培训学时", source=Source.HOURS, scale=Scale(target=D(60)), unit="学时")
QUALITY = Indicator(
    "quality", title="案卷质量", combine=Combine.MEAN, scale=Scale(ScaleKind.DIRECT), unit="分"
)
BANDS = Indicator(
    "bands",
    title="参考率",
    scale=Scale(ScaleKind.BANDS, bands=((D(95), D(10)), (D(80), D(6)))),
    full=D(10),
    unit="%",
)
RANGE = Indicator("range", title="平均分", scale=Scale(ScaleKind.RANGE, low=D(60), high=D(100)), unit="分")
BONUS = Indicator(
    "bonus",
    title="表彰",
    kind=Kind.BONUS,
    combine=Combine.COUNT,
    scale=Scale(ScaleKind.EACH, each=D(2)),
    cap=D(4),
    unit="次",
)
OFF = Indicator(
    "off", title="督察扣分", kind=Kind.DEDUCTION, scale=Scale(ScaleKind.DIRECT), cap=D(20), unit="分"
)
VETO = Indicator("veto", title="处分", kind=Kind.VETO, combine=Combine.COUNT, unit="次")


def _line(indicator, weight, value):
    with translation.override("zh-hans"):
        value = None if value is None else D(value)
        return words.line_words(indicator, D(weight), line_score(indicator, D(weight), value))


@pytest.mark.parametrize(
    ("indicator", "weight", "value", "text"),
    [
        (HOURS, 20, "42", "42 学时 / 目标 60 学时 × 20 分 = 14 分"),
        (HOURS, 20, "75", "75 学时 / 目标 60 学时 × 20 分，以 20 分计"),
        (HOURS, 20, None, "无记录：0 分"),
        (QUALITY, 100, "88.5", "88.5 分"),
        (QUALITY, 20, "88.5", "88.5 分 / 满分 100 × 20 分 = 17.7 分"),
        (BANDS, 10, "85", "85% 按档计分（达到 95 得 10 分，达到 80 得 6 分） = 6 分"),
        (RANGE, 40, "80", "（80 分 - 60）/（100 - 60）× 40 分 = 20 分"),
        (BONUS, 1, "3", "3 次 × 2 分，以 4 分计"),
        (OFF, 1, "2.5", "-2.5 分"),
        (OFF, 1, None, "无记录"),
        (VETO, 1, "1", "1 次：一票否决"),
    ],
)
def test_a_line_is_told_with_its_figures(indicator, weight, value, text):
    assert _line(indicator, weight, value) == text


@pytest.mark.parametrize(
    ("indicator", "weight", "text"),
    [
        (HOURS, 20, "培训学时（考核期内合计） / 目标 60 学时 × 20 分，最多 20 分"),
        (BONUS, 1, "表彰（考核期内记录数） × 2 分，加分，最多 4 分"),
        (OFF, 1, "督察扣分（考核期内合计），扣分，最多 20 分"),
        (VETO, 1, "处分（考核期内记录数）：达到 1 次即一票否决"),
    ],
)
def test_a_formula_is_told_without_figures(indicator, weight, text):
    with translation.override("zh-hans"):
        assert words.formula(indicator, D(weight)) == text


def test_what_happens_without_entries_belongs_to_the_formula():
    made = Indicator("x", title="考试", combine=Combine.MEAN, missing=Missing.SKIP, window=Window.YEAR)
    with translation.override("zh-hans"):
        assert words.formula(made, D(30)).endswith("，最多 30 分；无记录时不计此项")


@pytest.mark.parametrize(
    ("why", "star", "earned", "text"),
    [
        (["none"], None, None, "此类考核期不评星级。"),
        (["first"], 3, 3, "首次评星：按得分定级。"),
        (["promoted", 3, 2], 4, 5, "由三星升为四星：最近 2 期得分均达到更高星级。"),
        (["waits_down", 1, 2], 4, 2, "得分对应二星；连续 2 期低于现星级才降星，本期为第 1 期。"),
        (["vetoed", 4, 0], 0, 4, "因一票否决，星级为无星级；否则为四星。"),
    ],
)
def test_a_star_says_why(why, star, earned, text):
    with translation.override("zh-hans"):
        assert words.star_reason(why, star, earned) == text


@pytest.mark.django_db
def test_a_result_is_told_from_its_lines_to_its_score():
    squad = people.unit()
    one = people.officer(squad)
    ratings.indicator("exam", title="考试", missing="skip", kinds=("e",), unit="分")
    ratings.indicator(
        "hours", title="学时", combine="sum", scale=Scale(target=D(5)), kinds=("h",), unit="学时"
    )
    ratings.indicator(
        "off", title="扣分", kind="deduction", scale=Scale(ScaleKind.DIRECT), kinds=("o",), cap=D(9)
    )
    of = ratings.scheme(("exam", 60), ("hours", 40), ("off", 1))
    ratings.fact(one, 4, kind="h")
    ratings.fact(one, 3, kind="o")
    ratings.computed(ratings.period(squad, of))
    with translation.override("zh-hans"):
        told = explain(Result.objects.get())
    assert [line.text for line in told.lines] == [
        "无记录：不计此项，其余各项按比例折算",
        "4 学时 / 目标 5 学时 × 40 分 = 32 分",
        "-3 分",
    ]
    assert told.steps == ["不计入 100 分中的 60 分，折算：32 / 40 × 100 = 80", "80 - 3 = 77", "得分 77：合格"]
    assert (told.star, told.why) == ("二星", "首次评星：按得分定级。")


@pytest.mark.django_db
def test_a_quarter_tells_the_months_it_is_made_of():
    squad = people.unit()
    one = people.officer(squad)
    ratings.indicator()
    of = ratings.scheme(("score", 100), roll_up={PeriodKind.QUARTERLY: {PeriodKind.MONTHLY: D(100)}})
    for month, value in ((10, 88), (11, 90)):
        first = one.appointments.get().starts_on.replace(year=2026, month=month, day=1)
        ratings.fact(one, value, first)
        ratings.published(ratings.period(squad, of, first=first))
    ratings.computed(ratings.period(squad, of, PeriodKind.QUARTERLY, first.replace(month=10)))
    with translation.override("zh-hans"):
        told = explain(Result.objects.order_by("pk").last())
    assert told.steps == ["每月检查：88、90 的平均 = 89，权重 100", "得分 89：良好"]
