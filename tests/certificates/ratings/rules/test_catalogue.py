"""Income from fines is refused as an indicator, in its disguises; work on fines is not."""

from decimal import Decimal

import pytest

from certificates.ratings.rules import catalogue
from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.words import Combine, Kind, ScaleKind, Source

INCOME = [
    "罚没款", "罚没收入完成率", "罚缴金额", "处罚金额", "行政处罚总额", "创收任务", "罚款入库", "资金入库率", "罚 没 款", "罚-款-金-额",
    "罚\u200b款\u200b总\u200b额", "罰款金額", "罰沒收入", "ｆｉｎｅ　ｉｎｃｏｍｅ", "Fine income", "fines_collected", "人均罚款", "罚款收缴率", "罚款到位率",
    "罚单数量", "每1000元加1分", "每万元折算一分", "非税收入", "没收违法所得金额", "执法收入", "罚款数", "处以罚款的金额", "罚款", "罚款决定金额",
    "处罚决定书载明金额", "经济指标", "上缴财政", "罚　款　任　务", "penalty revenue", "罚款排名", "罚款（万元）", "famokuan",
]  # fmt: skip
WORK = [
    "罚款决定书制作质量", "处罚决定书公示率", "罚款票据规范使用", "案件信息入库率", "罚缴分离制度执行", "处罚程序规范性", "处罚案卷评查得分",
    "当场处罚程序正确率", "裁量基准适用准确率", "处罚文书送达及时率", "没收物品登记规范", "培训学时", "考试平均成绩", "案卷质量评分",
    "行政处罚告知书制作质量", "收支两条线规定知晓率", "首违不罚落实情况",
]  # fmt: skip


def _codes(**fields):
    return {problem.code for problem in catalogue.check(Indicator("x", **{"title": "指标", **fields}))}


@pytest.mark.parametrize("text", INCOME)
def test_income_from_fines_is_refused(text):
    assert "fine_income" in _codes(title=text)


@pytest.mark.parametrize("text", WORK)
def test_work_on_cases_and_papers_is_not_income(text):
    assert _codes(title=text) == set()


@pytest.mark.parametrize(
    "fields",
    [
        {"description": "按当月处罚金额折算"},
        {"kinds": ("罚没收入",)},
        {"where": (("kind", ("罚款总额",)),)},
        {"where": (("罚没款", ("1",)),)},
        {"code": "fine_income"},
    ],
)
def test_income_is_found_wherever_it_is_written(fields):
    problems = catalogue.check(Indicator(**{"code": "x", "title": "工作成效", **fields}))
    found = [problem for problem in problems if problem.code == "fine_income"]
    assert found
    assert found[0].params["law"] == "《中华人民共和国行政处罚法》第七十四条"


@pytest.mark.parametrize("unit", ["元", "万元", "人民币元", "￥", "RMB", "块", "亿 元"])
def test_nothing_is_counted_in_money(unit):
    assert "money" in _codes(unit=unit)


@pytest.mark.parametrize("unit", ["学时", "次", "分", "%", "件", "人", ""])
def test_other_units_are_fine(unit):
    assert _codes(unit=unit) == set()


def test_setting_targets_for_fines_may_cost_points_and_never_give_any():
    title = "违规下达罚款任务"
    assert "fine_income" not in _codes(title=title, kind=Kind.VETO)
    assert "fine_income" not in _codes(title=title, kind=Kind.DEDUCTION)
    assert "fine_income" in _codes(title=title, kind=Kind.SCORE)
    assert "fine_income" in _codes(title="未完成罚款任务", kind=Kind.DEDUCTION)


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"source": Source.CASE_COUNT}, True),
        ({"source": Source.IMPORTED, "title": "办案数量"}, True),
        ({"source": Source.IMPORTED, "title": "查处案件数"}, True),
        ({"source": Source.CASE_QUALITY, "combine": Combine.COUNT}, True),
        ({"source": Source.CASE_QUALITY}, False),
        ({"source": Source.IMPORTED, "title": "结案率"}, False),
        ({"source": Source.IMPORTED, "title": "案件办理质量"}, False),
    ],
)
def test_raw_numbers_of_cases_are_known_as_such(fields, counts):
    assert catalogue.counts_cases(Indicator("x", **fields)) is counts


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "Über"}, "code"),
        ({"title": " "}, "empty"),
        ({"title": "长" * 61}, "long"),
        ({"full": Decimal(0)}, "not_positive"),
        ({"scale": Scale(target=Decimal(0))}, "not_positive"),
        ({"scale": Scale(ScaleKind.RANGE, low=Decimal(5), high=Decimal(5))}, "same"),
        ({"scale": Scale(ScaleKind.BANDS)}, "none"),
        (
            {"scale": Scale(ScaleKind.BANDS, bands=((Decimal(1), Decimal(1)), (Decimal(2), Decimal(2))))},
            "not_falling",
        ),
        ({"scale": Scale(ScaleKind.BANDS, bands=((Decimal(1), Decimal(101)),))}, "above_full"),
        ({"kind": Kind.BONUS}, "bonus_without_cap"),
    ],
)
def test_figures_that_make_no_sense_are_named(fields, code):
    problems = catalogue.check(Indicator(**{"code": "x", "title": "指标", **fields}))
    assert code in {problem.code for problem in problems}
