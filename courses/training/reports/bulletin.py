"""The circular (通报) on a period's training as a Word file: figures of each unit, and what was handed in late."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.training.rules.activity_record import rate, words
from lianbing.kit.official_paper import OfficialPaper

HEADINGS = ("单位", "场次", "应到", "实到", "出勤率", "迟到", "早退", "缺勤", "补训", "学时")


@dataclass(frozen=True)
class UnitFigures:
    """The figures of one unit for the table."""

    name: str
    sessions: int
    expected: int
    present: int
    late: int
    early: int
    absent: int
    made_up: int
    hours: Decimal

    def cells(self) -> tuple[str, ...]:
        """The row of the table, as texts."""
        numbers = (self.late, self.early, self.absent, self.made_up)
        share = rate(self.present, self.expected)
        first = (self.name, str(self.sessions), str(self.expected), str(self.present), share)
        return (*first, *map(str, numbers), format(self.hours.normalize(), "f"))


@dataclass(frozen=True)
class Bulletin:
    """What the circular says: about which unit and period, the whole, the units, and the records due."""

    unit: str
    first: datetime.date
    last: datetime.date
    on: datetime.date
    whole: UnitFigures
    units: Sequence[UnitFigures]
    by_content: Sequence[tuple[str, int]]
    late: Sequence[str]
    missing: Sequence[str]


def document(told: Bulletin) -> bytes:
    """The circular as .docx, in the layout official papers have."""
    period = words(told.first, told.last)
    paper = OfficialPaper(f"关于{period}教育训练情况的通报")
    paper.say("各单位：", indent=False)
    paper.say(_summary(told, period))
    paper.heading("一、各单位参训情况")
    paper.table(HEADINGS, [figures.cells() for figures in (*told.units, told.whole)])
    if told.by_content:
        paper.heading("二、学习内容")
        parts = "，".join(f"{name}{count}场" for name, count in told.by_content)
        paper.say(f"按内容类别：{parts}。")
    paper.heading("三、台账报送情况" if told.by_content else "二、台账报送情况")
    paper.say(_handed_in(told))
    paper.signed(told.unit, told.on)
    return paper.docx()


def _summary(told: Bulletin, period: str) -> str:
    whole = told.whole
    if not whole.sessions:
        return f"{period}，{told.unit}没有已办结的学习培训活动记录。"
    share = rate(whole.present, whole.expected)
    return (
        f"{period}，{told.unit}共组织或参加学习培训{whole.sessions}场，应到{whole.expected}人次，"
        f"实到{whole.present}人次，出勤率{share}；迟到{whole.late}人次，早退{whole.early}人次，"
        f"缺勤{whole.absent}人次，补训{whole.made_up}人次；记入学时{format(whole.hours.normalize(), 'f')}。"
        "现将有关情况通报如下。"
    )


def _handed_in(told: Bulletin) -> str:
    if not told.late and not told.missing:
        return "各单位台账均已按时报送，或本期未要求报送。"
    parts = []
    if told.late:
        parts.append(f"逾期报送：{'、'.join(told.late)}")
    if told.missing:
        parts.append(f"尚未报送：{'、'.join(told.missing)}")
    return "；".join(parts) + "。"
