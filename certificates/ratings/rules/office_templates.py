"""The placeholders of other offices' workbooks: what a row of a unit or of a person, and the rest of the sheet, may ask for."""

from enum import StrEnum

# Placeholder -> figure of the data book, or what HR's desk counts today.
UNIT_FIGURES = {
    "执法人员": "officers",
    "协管人员": "auxiliaries",
    "其他人员": "civilians",
    "持证人数": "holders",
    "可上岗人数": "on_duty",
    "可上岗率": "duty_share",
    "无证在岗": "without",
    "一个月内到期": "ending",
    "三个月内到期": "soon",
    "应办年审": "review",
    "培训班": "classes",
    "参训人次": "trainees",
    "结业人次": "completed",
    "活动场次": "sessions",
    "到课人次": "presences",
    "培训学时": "hours",
    "人均学时": "hours_per_head",
    "培训覆盖率": "coverage",
    "考试场次": "sittings",
    "应考": "invited",
    "实考": "sat",
    "合格": "passed",
    "参考率": "sit_rate",
    "合格率": "pass_rate",
    "平均得分率": "mean",
    "平均星级": "stars",
}
UNIT_NAMES = ("序号", "单位", *UNIT_FIGURES)
PERSON_NAMES = (
    "序号",
    "姓名",
    "工号",
    "胸号",
    "身份证号",
    "类别",
    "单位",
    "岗位",
    "职务",
    "执法证号",
    "有效期至",
    "持证状态",
    "能否上岗",
    "本年学时",
    "星级",
)
SINGLE_NAMES = ("填报单位", "年度", "填报日期", "填报人")


class RowKind(StrEnum):
    """What the repeated row of a template is about."""

    UNIT = "unit"
    PERSON = "person"


ROW_NAMES = {RowKind.UNIT: UNIT_NAMES, RowKind.PERSON: PERSON_NAMES}
