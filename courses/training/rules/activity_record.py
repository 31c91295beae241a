"""The activity record (台账): its columns, and the periods it is made for.

Columns as training units keep them: date, unit, kind, topic, material, trainer, planned and real minutes, who was
expected, present, on leave, absent, late, left early, how they signed in, notes, make-ups, photos, hours, recorder,
checker.
"""

import datetime
import re

from courses.training.rules.periods import month, quarter, whole_year

COLUMNS = (
    "序号",
    "日期",
    "组织单位",
    "形式",
    "类型",
    "内容类别",
    "主题",
    "材料",
    "授课人",
    "地点",
    "计划分钟",
    "实际分钟",
    "应到",
    "实到",
    "请假",
    "缺勤",
    "迟到",
    "早退",
    "补训",
    "签到方式",
    "笔记数",
    "照片数",
    "学时",
    "记录人",
    "审核人",
    "备注",
)
SINGLE = ("单位", "期间", "开始日期", "结束日期", "填报日期", "场次", "总应到", "总实到", "出勤率", "总学时")
ALSO = {
    "单位": "组织单位",
    "时间": "日期",
    "活动类型": "类型",
    "活动形式": "形式",
    "专题": "主题",
    "内容": "主题",
    "学习内容": "主题",
    "学习材料": "材料",
    "主讲人": "授课人",
    "教员": "授课人",
    "讲师": "授课人",
    "计划时长": "计划分钟",
    "实际时长": "实际分钟",
    "应到人数": "应到",
    "实到人数": "实到",
    "请假人数": "请假",
    "缺勤人数": "缺勤",
    "迟到人数": "迟到",
    "早退人数": "早退",
    "补训人数": "补训",
    "笔记": "笔记数",
    "照片": "照片数",
    "授予学时": "学时",
    "核对人": "审核人",
    "date": "日期",
    "unit": "组织单位",
    "kind": "形式",
    "type": "类型",
    "category": "内容类别",
    "topic": "主题",
    "material": "材料",
    "trainer": "授课人",
    "place": "地点",
    "planned_minutes": "计划分钟",
    "real_minutes": "实际分钟",
    "expected": "应到",
    "present": "实到",
    "leave": "请假",
    "absent": "缺勤",
    "late": "迟到",
    "left_early": "早退",
    "makeup": "补训",
    "sign_in_method": "签到方式",
    "note_count": "笔记数",
    "photos": "照片数",
    "hours": "学时",
    "recorder": "记录人",
    "checker": "审核人",
    "note": "备注",
}
"""Other names of a column that a template may use."""
BOTH = frozenset({"单位", "unit", "hours", "expected", "present"})
"""Names that may stand outside the repeated row as well: they do not make a row the repeated one."""
SUMMED = ("应到", "实到", "请假", "缺勤", "迟到", "早退", "补训", "笔记数", "照片数", "学时")


def period_of(text: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of 2026-06, 2026-Q2, 2026 or 2026-06-01..2026-06-15; None for anything else."""
    text = text.strip()
    try:
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            return month(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text):
            return quarter(int(found[1]), int(found[2]))
        if found := re.fullmatch(r"\d{4}", text):
            return whole_year(int(text))
        first, mark, last = text.partition("..")
        if mark:
            days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
            return days if days[0] <= days[1] else None
    except ValueError:
        return None
    return None


def words(first: datetime.date, last: datetime.date) -> str:
    """A period as it stands over a record: 2026年6月, 2026年第2季度, 2026年, else both days."""
    year = first.year
    if (first, last) == whole_year(year):
        return f"{year}年"
    if (first, last) == month(year, first.month):
        return f"{year}年{first.month}月"
    number = (first.month + 2) // 3
    if (first, last) == quarter(year, number):
        return f"{year}年第{number}季度"
    return f"{year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def rate(present: int, expected: int) -> str:
    """The share of those expected who were there, in percent with one decimal; "—" when nobody was expected."""
    return f"{present * 100 / expected:.1f}%" if expected else "—"
