"""The circular (通报) on certification, training and exams as a Word file: figures of each unit, and what must be mended."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from certificates.ratings.queries.leading import Branch, Leading, mean_star
from certificates.ratings.rendering.data_book import written
from certificates.ratings.rules.risks import Risk, RiskKind
from lianbing.kit.official_paper import OfficialPaper

DUTY = ("单位", "执法人员", "可上岗执法", "可上岗率（%）", "在执法岗但不能上岗", "三个月内到期", "应办年审")
WORK = ("单位", "人均学时", "培训覆盖率（%）", "应考", "实考", "合格率（%）", "平均得分率（%）", "平均星级")
RISK_TEXTS = {
    RiskKind.WITHOUT: "{people}人在执法岗位但不具备上岗资格，应立即调整岗位或补办手续",
    RiskKind.ENDING: "{people}本执法证一个月内到期，应抓紧办理换证",
    RiskKind.REVIEW: "{people}人应办年审，应按期完成",
    RiskKind.PASS_RATE: "本年考试合格率{figure}%，应组织补训补考",
    RiskKind.COVERAGE: "本年培训覆盖率{figure}%，应补足培训",
}


@dataclass(frozen=True)
class Circular:
    """What the circular is made of, and the day it stands to."""

    found: Leading
    on: datetime.date


def document(told: Circular) -> bytes:
    """The circular as .docx. Figures are those of HR's desk on the day; people are named nowhere."""
    found, day = told.found, told.on
    rows = [*found.branches, found.whole] if found.branches else [found.whole]
    paper = OfficialPaper(f"关于{day.year}年{day.month}月持证上岗和培训考试情况的通报")
    paper.say("各单位：", indent=False)
    paper.say(_summary(found, day))
    paper.heading("一、持证上岗情况")
    paper.table(DUTY, [_duty(row) for row in rows])
    paper.heading("二、培训考试情况")
    paper.table(WORK, [_work(row) for row in rows])
    paper.heading("三、需要整改的问题")
    for number, (risk, unit) in enumerate(found.risks, start=1):
        paper.say(f"{number}. {unit.name}：{_risk(risk)}。")
    if not found.risks:
        paper.say("本期未发现突出问题。")
    paper.signed(found.whole.row.unit.name, day)
    return paper.docx()


def _summary(found: Leading, day: datetime.date) -> str:
    figures, today = found.whole.row.figures, found.whole.today
    return (
        f"截至{day.year}年{day.month}月{day.day}日，{found.whole.row.unit.name}共有执法人员{_n(figures['officers'])}人，"
        f"可上岗执法{_n(figures['on_duty'])}人，可上岗率{_share(figures['duty_share'])}；"
        f"在执法岗位但不具备上岗资格{today['without']}人。"
        f"本年人均学时{_n(figures['hours_per_head'])}，培训覆盖率{_share(figures['coverage'])}；"
        f"发布成绩{_n(figures['sittings'])}场次，应考{_n(figures['invited'])}人次，实考{_n(figures['sat'])}人次，"
        f"合格率{_share(figures['pass_rate'])}。现将有关情况通报如下。"
    )


def _n(value: Decimal | None) -> str:
    return written(value)


def _share(value: Decimal | None) -> str:
    return "—" if value is None else f"{written(value)}%"


def _duty(row: Branch) -> Sequence[str]:
    figures = row.row.figures
    counted = [_n(figures[name]) for name in ("officers", "on_duty", "duty_share")]
    return [row.row.unit.name, *counted, *(str(row.today[name]) for name in ("without", "soon", "review"))]


def _work(row: Branch) -> Sequence[str]:
    names = ("hours_per_head", "coverage", "invited", "sat", "pass_rate", "mean")
    return [row.row.unit.name, *(_n(row.row.figures[name]) for name in names), _n(mean_star(row))]


def _risk(risk: Risk) -> str:
    return RISK_TEXTS[risk.kind].format(people=risk.people, figure=written(risk.figure))
