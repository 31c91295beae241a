"""The columns of the files of records and of scores from outside, and their templates."""

from certificates.ratings.rules.records import Kind
from lianbing.kit.spreadsheets import Column, template_workbook

RECORDS, SCORES = "奖惩记录", "外部评分"
EXAMPLE = "示例"
KINDS = {
    "荣誉": Kind.HONOUR,
    "奖励": Kind.HONOUR,
    "表彰": Kind.HONOUR,
    "惩戒": Kind.SANCTION,
    "处分": Kind.SANCTION,
    "措施": Kind.MEASURE,
    "谈话诫勉": Kind.MEASURE,
    "督察": Kind.FINDING,
    "督察问题": Kind.FINDING,
    "监督问题": Kind.FINDING,
}
SORTS = {
    Kind.HONOUR: {
        "先进集体": "collective",
        "先进个人": "individual",
        "文明执法标兵": "model",
        "标兵": "model",
        "执法能手": "expert",
        "能手": "expert",
        "嘉奖": "commendation",
        "记功": "commendation",
        "嘉奖记功": "commendation",
        "优秀案卷": "case_file",
        "岗位评优": "excellent_post",
        "其他": "other",
    },
    Kind.SANCTION: {
        "通报批评": "circular",
        "警告": "warning",
        "记过": "demerit",
        "记大过": "major_demerit",
        "降级": "demotion",
        "撤职": "removal",
        "过错责任追究": "accountability",
        "其他": "other",
    },
    Kind.MEASURE: {
        "谈话": "talk",
        "约谈": "talk",
        "诫勉": "admonition",
        "诫勉谈话": "admonition",
        "黄牌": "yellow_card",
    },
    Kind.FINDING: {
        "执法督察": "inspection",
        "督察": "inspection",
        "明察暗访": "unannounced",
        "暗访": "unannounced",
        "投诉查实": "complaint",
        "媒体曝光": "media",
        "案卷问题": "case_file",
        "迟到早退": "late_or_early",
        "未签到签退": "no_sign_in",
        "脱岗离岗": "off_post",
        "缺席集体活动": "absent_activity",
        "处置响应超时": "slow_response",
        "着装不规范": "uniform",
        "一般违纪": "general_breach",
        "其他": "other",
    },
}
LEVELS = {
    "国家级": "national",
    "全国": "national",
    "省级": "provincial",
    "市级": "municipal",
    "区级": "county",
    "县级": "county",
    "县区级": "county",
    "局级": "bureau",
    "中队": "unit",
    "单位": "unit",
}
YES = {"是": True, "y": True, "1": True, "√": True, "否": False, "n": False, "0": False, "": False}
WHO = Column(
    "staff_number", "工号", ("人员编号", "警号", "staff number"), False, "个人填工号；单位的不填", "示例001"
)
NAME = Column("name", "姓名", ("name",), False, "填了就与系统核对，防止串行", "张晓宁")
UNIT = Column("unit", "单位", ("单位路径", "unit"), False, "没有工号时必填，从最上一级写起，用 / 分开", "")
NOTE = Column("note", "备注", ("说明", "note"), False, "最多300字", "")
RECORD_COLUMNS = [
    WHO,
    NAME,
    UNIT,
    Column("kind", "类型", ("记录类型", "kind"), True, "荣誉、惩戒、措施、督察问题", "荣誉"),
    Column(
        "sort",
        "种类",
        ("细类", "sort"),
        True,
        "、".join(dict.fromkeys(name for names in SORTS.values() for name in names)),
        "先进个人",
    ),
    Column("title", "名称", ("事由", "标题", "title"), True, "最多120字", "2025年度先进个人"),
    Column("level", "级别", ("授予级别", "level"), False, "国家级、省级、市级、县区级、局级、单位", "局级"),
    Column("on", "日期", ("决定日期", "时间", "on"), True, "例如 2025-12-30", "2025-12-30"),
    Column(
        "expires_on",
        "有效期至",
        ("影响期至", "到期日", "expires on"),
        False,
        "措施必填（诫勉不填按六个月）",
        "",
    ),
    Column("points", "分值", ("加扣分", "points"), False, "文件里写明的分值，不写负号", ""),
    Column("document_no", "文号", ("依据文号", "document"), False, "", "云城执〔2025〕88号"),
    Column("issuer", "作出单位", ("授予单位", "issuer"), False, "", "市城市管理综合执法局"),
    Column("leader", "连带责任人工号", ("责任领导工号", "leader"), False, "承担连带责任的领导", ""),
    Column("for_unit", "计入单位", ("同时计入单位", "for unit"), False, "是 或 否", "否"),
    NOTE,
]
SCORE_COLUMNS = [
    WHO,
    NAME,
    UNIT,
    Column(
        "code",
        "指标代码",
        ("代码", "code"),
        True,
        "与指标的“种类”一致，如 satisfaction；字母、数字、下划线或汉字",
        "satisfaction",
    ),
    Column(
        "label",
        "项目",
        ("事项", "名称", "评价项目", "label"),
        True,
        "评的是什么，最多120字",
        "三季度群众满意度",
    ),
    Column("on", "日期", ("评价日期", "on"), True, "例如 2026-09-30", "2026-09-30"),
    Column("value", "分值", ("得分", "数值", "成绩", "value"), True, "数字，最多两位小数", "92.5"),
    NOTE,
]


def record_template() -> bytes:
    """The template of records: headings, an example that is never imported, the column guide."""
    rows = [[column.example for column in RECORD_COLUMNS]]
    return template_workbook([(RECORDS, RECORD_COLUMNS, rows)])


def score_template() -> bytes:
    """The template of scores from outside."""
    rows = [[column.example for column in SCORE_COLUMNS]]
    return template_workbook([(SCORES, SCORE_COLUMNS, rows)])
