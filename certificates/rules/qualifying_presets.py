"""Eligibility rules as provinces word them: examples to start from, each with its source. All of it is editable."""

from dataclasses import dataclass
from typing import Any

from certificates.rules.qualifying_parts import EligibilityRule, Part, PartRule


@dataclass(frozen=True)
class Preset:
    """A rule as a law or notice words it. `title` and `source` are in the language of the document."""

    code: str
    title: str
    source: str
    rule: EligibilityRule


def _rule(**asked: dict[str, Any]) -> EligibilityRule:
    return EligibilityRule(tuple(PartRule(Part(name), params) for name, params in asked.items()))


PRESETS = (
    Preset(
        "henan",
        "河南：在编在职、年满18周岁，公共与专业法律知识考试合格",
        "《河南省行政执法条例》第二十条、第二十一条",
        _rule(category={}, age={}, public_exam={}, specialist_exam={}, no_block={}),
    ),
    Preset(
        "zhejiang",
        "浙江：考试合格成绩五年内有效",
        "《浙江省综合行政执法条例》第二十八条",
        _rule(
            category={},
            public_exam={"months": 60},
            specialist_exam={"months": 60},
            no_block={},
        ),
    ),
    Preset(
        "jiangsu",
        "江苏（城管）：每年培训15天（120学时）且考试合格",
        "江苏城管2013年培训规定：不少于15天，按每天8学时折算",
        _rule(
            category={},
            public_exam={},
            specialist_exam={},
            hours={"hours": 120},
            conduct={"months": 24},
            no_block={},
        ),
    ),
    Preset(
        "changzhou",
        "常州：通过国家统一法律职业资格考试的免考公共法律知识",
        "常州市2021年公共法律知识考试通知",
        _rule(
            category={},
            public_exam={"exempt": ("legal_profession",)},
            specialist_exam={},
            no_block={},
        ),
    ),
    Preset(
        "guangdong",
        "广东：全省统一的综合法律知识网上考试",
        "广东省行政执法证管理规定",
        _rule(category={}, probation={"months": 12}, public_exam={}, no_block={}),
    ),
    Preset(
        "zibo",
        "淄博：试用期满、两年内未受处分；被吊销的两年内不得申请",
        "淄博市行政执法证件管理规定第十三条等",
        _rule(
            category={},
            probation={"months": 12},
            public_exam={"months": 24},
            specialist_exam={"months": 24},
            conduct={"months": 24},
            no_block={},
        ),
    ),
    Preset(
        "full",
        "本单位：两门考试、全年60学时、试用期满、两年内无处分",
        "单位自定",
        _rule(
            category={},
            age={},
            probation={"months": 12},
            public_exam={"months": 60},
            specialist_exam={"months": 60},
            hours={"hours": 60},
            conduct={"months": 24},
            no_block={},
        ),
    ),
)
BY_CODE = {preset.code: preset for preset in PRESETS}
