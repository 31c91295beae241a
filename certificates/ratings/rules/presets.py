"""Schemes to begin with, as data. Every figure is a proposal the bureau changes; none is a national rule.

Bands 90/80/70 and 90/80/60 and the civil-servant four grades are in use (公务员法 art. 38 names the four); star
thresholds are published nowhere, so the star scheme is a proposal: a monthly score out of 100, the quarter as the
mean of its months, five bands, exams at most 30 %, one step at a time, confirmed by a person.
"""

from dataclasses import dataclass
from decimal import Decimal

from certificates.ratings.rules.indicators import Indicator, Scale
from certificates.ratings.rules.schemes import OWN, Line, Movement, Scheme, Veto
from certificates.ratings.rules.words import (
    Combine,
    Kind,
    Missing,
    PeriodKind,
    ScaleKind,
    Source,
    Subject,
    Window,
)

D = Decimal
Bands = tuple[tuple[Decimal, str], ...]

BANDS: dict[str, Bands] = {
    "90_80_70": ((D(90), "优秀"), (D(80), "良好"), (D(70), "合格"), (D(0), "不合格")),
    "90_80_60": ((D(90), "优秀"), (D(80), "良好"), (D(60), "合格"), (D(0), "不合格")),
    "civil_servant": ((D(90), "优秀"), (D(70), "称职"), (D(60), "基本称职"), (D(0), "不称职")),
}
STARS = ((D(95), 5), (D(90), 4), (D(80), 3), (D(70), 2), (D(60), 1), (D(0), 0))
MONTH, QUARTER, MIDYEAR, YEAR = (
    PeriodKind.MONTHLY,
    PeriodKind.QUARTERLY,
    PeriodKind.MIDYEAR,
    PeriodKind.ANNUAL,
)


@dataclass(frozen=True)
class Preset:
    """A scheme with its indicators, and where its figures come from."""

    code: str
    title: str
    origin: str
    scheme: Scheme
    indicators: tuple[Indicator, ...]


def _each(points: str) -> Scale:
    return Scale(ScaleKind.EACH, each=D(points))


def _deduction(code: str, title: str, points: str, unit: str = "次") -> Indicator:
    """So many points off for each finding of this kind."""
    return Indicator(
        code,
        title=title,
        source=Source.SUPERVISION,
        kind=Kind.DEDUCTION,
        combine=Combine.COUNT,
        scale=_each(points),
        kinds=(code,),
        unit=unit,
    )


EXAM = Indicator(
    "exam_mean",
    title="考试平均成绩",
    source=Source.EXAM,
    combine=Combine.MEAN,
    missing=Missing.SKIP,
    unit="分",
    description="考核期内已发布成绩的各场考试（百分制）的平均分；缺考按零分计。",
)
HOURS = Indicator(
    "hours_year",
    title="本年度培训学时",
    source=Source.HOURS,
    scale=Scale(ScaleKind.TARGET, target=D(60)),
    window=Window.YEAR,
    unit="学时",
    description="自一月一日起累计的学时，达到目标即得满分。",
)
HOURS_MONTH = Indicator(
    "hours_month",
    title="当月培训学时",
    source=Source.HOURS,
    scale=Scale(ScaleKind.TARGET, target=D(5)),
    unit="学时",
    description="当月学时，每月五学时即全年六十学时的十二分之一。",
)
DRILL = Indicator(
    "drill_mastery",
    title="岗位练兵掌握度",
    source=Source.DRILL,
    combine=Combine.LAST,
    kinds=("mastery",),
    unit="%",
    description="期末本岗位应知应会的掌握程度。",
)
CASE_QUALITY = Indicator(
    "case_quality",
    title="案卷质量评分",
    source=Source.CASE_QUALITY,
    combine=Combine.MEAN,
    missing=Missing.SKIP,
    unit="分",
    description="案卷评查得分（百分制）的平均值。",
)
CONDUCT = Indicator(
    "conduct",
    title="日常表现评分",
    source=Source.IMPORTED,
    combine=Combine.MEAN,
    kinds=("conduct",),
    missing=Missing.SKIP,
    unit="分",
    description="所在单位按月评定的日常表现（百分制）。",
)
CONTEST = Indicator(
    "contest_bonus",
    title="竞赛名次加分",
    source=Source.CONTEST,
    kind=Kind.BONUS,
    scale=Scale(ScaleKind.DIRECT),
    cap=D(3),
    unit="分",
    description="知识竞赛、执法实务竞赛获奖加分，最多加三分。",
)
HONOUR = Indicator(
    "honour_bonus",
    title="表彰奖励加分",
    source=Source.HONOUR,
    kind=Kind.BONUS,
    combine=Combine.COUNT,
    scale=_each("2"),
    cap=D(4),
    unit="次",
    description="每获一次表彰加两分，最多加四分。",
)
FINDING = Indicator(
    "finding_deduction",
    title="督察发现问题扣分",
    source=Source.SUPERVISION,
    kind=Kind.DEDUCTION,
    scale=Scale(ScaleKind.DIRECT),
    cap=D(20),
    unit="分",
    description="明察暗访、执法督察查实的问题按扣分标准扣分。",
)
YELLOW_CARD = Indicator(
    "yellow_card",
    title="黄牌扣分",
    source=Source.MEASURE,
    kind=Kind.DEDUCTION,
    combine=Combine.COUNT,
    scale=_each("5"),
    cap=D(10),
    kinds=("yellow_card",),
    unit="次",
    description="有效期内的黄牌，每张扣五分。",
)
SANCTION = Indicator(
    "sanction_veto",
    title="受处分一票否决",
    source=Source.SANCTION,
    kind=Kind.VETO,
    combine=Combine.COUNT,
    unit="次",
    description="影响期内受过处分的，不评星级。",
)

STAR = Preset(
    "star",
    "星级队员考核方案",
    "domain 12.4",
    Scheme(
        subject=Subject.OFFICER,
        lines=(
            Line("exam_mean", 1, D(30)),
            Line("hours_month", 1, D(20)),
            Line("drill_mastery", 1, D(20)),
            Line("case_quality", 1, D(20)),
            Line("conduct", 1, D(10)),
            Line("contest_bonus", 1, D(1)),
            Line("honour_bonus", 1, D(1)),
            Line("finding_deduction", 1, D(1)),
            Line("yellow_card", 1, D(1)),
            Line("sanction_veto", 1, D(1)),
        ),
        bands=BANDS["90_80_60"],
        stars=STARS,
        star_kinds=(QUARTER, YEAR),
        movement=Movement(up_after=1, down_after=2, most_up=1, most_down=1, first_at_most=3),
        veto=Veto(grade_at_most="合格", star_at_most=0),
        roll_up={
            QUARTER: {MONTH: D(100)},
            MIDYEAR: {QUARTER: D(100)},
            YEAR: {QUARTER: D(80), MIDYEAR: D(20)},
        },
        categories=("officer",),
    ),
    (EXAM, HOURS_MONTH, DRILL, CASE_QUALITY, CONDUCT, CONTEST, HONOUR, FINDING, YELLOW_CARD, SANCTION),
)

_ROAD = (
    Indicator(
        "road_training",
        title="业务学习与考试",
        source=Source.EXAM,
        combine=Combine.MEAN,
        missing=Missing.SKIP,
        unit="分",
    ),
    Indicator(
        "road_hours",
        title="季度培训学时",
        source=Source.HOURS,
        scale=Scale(ScaleKind.TARGET, target=D(20)),
        unit="学时",
    ),
    Indicator(
        "road_case_quality",
        title="案卷质量评分",
        source=Source.CASE_QUALITY,
        combine=Combine.MEAN,
        missing=Missing.SKIP,
        unit="分",
    ),
    Indicator(
        "road_conduct",
        title="执法风纪评分",
        source=Source.IMPORTED,
        combine=Combine.MEAN,
        kinds=("conduct",),
        missing=Missing.SKIP,
        unit="分",
    ),
)
ROAD = Preset(
    "road_administration",
    "路政式季度考核方案",
    "douchai.cn/document/409507566.html",
    Scheme(
        subject=Subject.OFFICER,
        lines=(
            Line("road_training", 1, D(25)),
            Line("road_hours", 1, D(15)),
            Line("road_case_quality", 1, D(35)),
            Line("road_conduct", 1, D(25)),
            Line("sanction_veto", 1, D(1)),
        ),
        bands=BANDS["90_80_70"],
        veto=Veto(grade_at_most="合格", star_at_most=None),
        roll_up={MIDYEAR: {QUARTER: D(100)}, YEAR: {QUARTER: D(100)}},
    ),
    (*_ROAD, SANCTION),
)

_AUXILIARY = (
    _deduction("general_breach", "一般违纪", "1"),
    _deduction("late_or_early", "迟到早退", "0.5"),
    _deduction("no_sign_in", "未签到签退", "0.5"),
    _deduction("off_post", "脱岗离岗", "1"),
    _deduction("absent_activity", "无故缺席集体活动、会议", "2"),
    _deduction("slow_response", "处置响应超时", "1"),
    _deduction("uniform", "着装不规范", "0.5"),
    Indicator(
        "excellent_post",
        title="岗位评优加分",
        source=Source.HONOUR,
        kind=Kind.BONUS,
        combine=Combine.COUNT,
        scale=_each("5"),
        cap=D(10),
        kinds=("excellent_post",),
        unit="次",
    ),
)
AUXILIARY = Preset(
    "auxiliary",
    "协管员月度扣分制考核方案",
    "360docs.net/doc/322634997.html",
    Scheme(
        subject=Subject.OFFICER,
        lines=tuple(Line(one.code, 1, D(1)) for one in _AUXILIARY),
        base=D(100),
        bands=BANDS["90_80_60"],
        roll_up={QUARTER: {MONTH: D(100)}, YEAR: {QUARTER: D(100)}},
        categories=("auxiliary",),
    ),
    _AUXILIARY,
)

CIVIL = Preset(
    "civil_servant",
    "公务员平时考核与年度考核方案",
    "公务员法 art. 38; monthly score, half-year mean, half of the annual appraisal",
    Scheme(
        subject=Subject.OFFICER,
        lines=(
            Line("conduct", 1, D(50)),
            Line("exam_mean", 1, D(20)),
            Line("hours_year", 1, D(30)),
            Line("sanction_veto", 1, D(1)),
        ),
        bands=BANDS["civil_servant"],
        veto=Veto(grade_at_most="基本称职", star_at_most=None),
        roll_up={MIDYEAR: {MONTH: D(100)}, YEAR: {MONTH: D(50), OWN: D(50)}},
    ),
    (CONDUCT, EXAM, HOURS, SANCTION),
)

_UNIT = (
    Indicator(
        "unit_participation",
        title="考试参考率",
        source=Source.UNIT_EXAM,
        combine=Combine.MEAN,
        kinds=("participation",),
        unit="%",
    ),
    Indicator(
        "unit_exam_mean",
        title="考试平均分",
        source=Source.UNIT_EXAM,
        combine=Combine.MEAN,
        kinds=("mean",),
        unit="分",
    ),
    Indicator(
        "unit_coverage",
        title="培训覆盖率",
        source=Source.UNIT_COVERAGE,
        combine=Combine.LAST,
        kinds=("target",),
        unit="%",
        description="完成学时目标的人数占计入基数人数的百分比。",
    ),
    Indicator(
        "unit_members",
        title="队员考核平均分",
        source=Source.UNIT_MEAN,
        combine=Combine.MEAN,
        missing=Missing.SKIP,
        unit="分",
    ),
    Indicator(
        "unit_outside",
        title="社会评议",
        source=Source.EXTERNAL,
        combine=Combine.MEAN,
        missing=Missing.SKIP,
        unit="分",
    ),
    Indicator(
        "unit_findings",
        title="督察通报扣分",
        source=Source.SUPERVISION,
        kind=Kind.DEDUCTION,
        scale=Scale(ScaleKind.DIRECT),
        cap=D(20),
        unit="分",
    ),
)
UNIT = Preset(
    "unit_target",
    "派驻中队目标考核方案",
    "xhcsw.com/news/show.php?itemid=2752; external share 15 %",
    Scheme(
        subject=Subject.UNIT,
        lines=(
            Line("unit_participation", 1, D(20)),
            Line("unit_exam_mean", 1, D(25)),
            Line("unit_coverage", 1, D(25)),
            Line("unit_members", 1, D(15)),
            Line("unit_outside", 1, D(15)),
            Line("unit_findings", 1, D(1)),
        ),
        bands=BANDS["90_80_70"],
        min_size=5,
        roll_up={YEAR: {QUARTER: D(80), MIDYEAR: D(20)}},
    ),
    _UNIT,
)

PRESETS = (STAR, ROAD, AUXILIARY, CIVIL, UNIT)


def preset(code: str) -> Preset:
    """The preset of this code. Raises KeyError."""
    return {one.code: one for one in PRESETS}[code]
