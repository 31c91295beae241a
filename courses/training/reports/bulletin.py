"""The circular (通报) on a period's training as a Word file: figures of each unit, and what was handed in late."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from courses.training.rules.activity_record import rate, words

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
    """The circular as .docx, in the layout official papers have: centred title, indented paragraphs, table, date."""
    made = Document()
    _page(made)
    period = words(told.first, told.last)
    title = made.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, f"关于{period}教育训练情况的通报", size=22, face="方正小标宋简体", bold=True)
    _say(made, "各单位：")
    _say(made, _summary(told, period), indent=True)
    _heading(made, "一、各单位参训情况")
    _table(made, [figures.cells() for figures in (*told.units, told.whole)])
    if told.by_content:
        _heading(made, "二、学习内容")
        parts = "，".join(f"{name}{count}场" for name, count in told.by_content)
        _say(made, f"按内容类别：{parts}。", indent=True)
    _heading(made, "三、台账报送情况" if told.by_content else "二、台账报送情况")
    _say(made, _handed_in(told), indent=True)
    end = made.add_paragraph()
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(end, f"{told.unit}\n{told.on.year}年{told.on.month}月{told.on.day}日")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


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


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)


def _run(paragraph: Any, text: str, *, size: int = 16, face: str = "仿宋", bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold = Pt(size), face, bold
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _say(made: Any, text: str, *, indent: bool = False) -> None:
    paragraph = made.add_paragraph()
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    _run(paragraph, text)


def _heading(made: Any, text: str) -> None:
    paragraph = made.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    _run(paragraph, text, face="黑体")


def _table(made: Any, rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        _run(cell.paragraphs[0], text, size=10, face="黑体")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], text, size=10)
