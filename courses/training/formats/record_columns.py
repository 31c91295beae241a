"""The columns of a file of past training records, and its template."""

from lianbing.kit.spreadsheets import Column, template_workbook

SHEET = "培训记录"
EXAMPLE = "示例"
COLUMNS = [
    Column(
        "staff_number",
        "工号",
        ("人员编号", "职工号", "警号", "staff number"),
        True,
        "系统里已有的工号",
        "示例001",
    ),
    Column("name", "姓名", ("name",), False, "填了就与系统核对，防止串行", "张晓宁"),
    Column(
        "title",
        "名称",
        (
            "班次名称",
            "培训班名称",
            "培训名称",
            "培训班",
            "活动名称",
            "课程名称",
            "考试名称",
            "项目名称",
            "培训主题",
            "主题",
            "title",
        ),
        True,
        "培训班、学习活动或考试的名称，最多100字",
        "春季集中培训",
    ),
    Column(
        "kind",
        "类型",
        ("培训类型", "培训形式", "形式", "kind", "type"),
        False,
        "培训班、岗前培训、任职培训、业务培训、轮训、专题培训、脱产培训、外出培训；集体学习、讲座、参观、观影、自学、演练、网络培训；考试。不填按培训班",
        "培训班",
    ),
    Column(
        "category",
        "内容类别",
        ("类别", "培训内容", "内容", "category"),
        False,
        "系统里的内容类别；不填按业务学习",
        "执法业务",
    ),
    Column(
        "starts_on",
        "开始日期",
        ("日期", "培训日期", "考试日期", "起始日期", "开始时间", "时间", "starts on"),
        True,
        "例如 2025-03-10",
        "2025-03-10",
    ),
    Column(
        "ends_on", "结束日期", ("终止日期", "结束时间", "ends on"), False, "不填表示当天结束", "2025-03-12"
    ),
    Column("batch", "期次", ("批次", "期数", "第几期", "batch"), False, "同一培训班分期举办时填写数字", "1"),
    Column(
        "organiser",
        "主办单位",
        ("组织单位", "举办单位", "承办单位", "organiser"),
        False,
        "不填表示本局",
        "教育训练科",
    ),
    Column(
        "hours",
        "学时",
        ("学时数", "课时", "培训学时", "hours"),
        False,
        "按原记录填写；不填时按分钟和当时的换算表折算",
        "18",
    ),
    Column("minutes", "分钟", ("时长", "时长(分钟)", "实际分钟", "minutes"), False, "实际时长，整数", ""),
    Column("days", "天数", ("培训天数", "days"), False, "全天数，可填半天如 2.5", "3"),
    Column("score", "成绩", ("分数", "得分", "考试成绩", "score"), False, "0 至 1000 的数字", "86"),
    Column(
        "result",
        "结果",
        ("是否合格", "考核结果", "结业情况", "result"),
        False,
        "合格、不合格、结业、未结业、缺考、缺勤、请假",
        "合格",
    ),
    Column(
        "evidence",
        "依据",
        ("证书编号", "证明材料", "文号", "evidence"),
        False,
        "证书编号、通知文号或存档位置",
        "云城执〔2025〕8号",
    ),
    Column("note", "备注", ("说明", "note"), False, "最多200字", ""),
]


def template() -> bytes:
    """The template as an .xlsx: headings, example rows that are never imported, column guide."""
    who = (f"{EXAMPLE}001", "张晓宁")
    spring = (
        "春季集中培训",
        "培训班",
        "执法业务",
        "2025-03-10",
        "2025-03-12",
        "1",
        "教育训练科",
        "18",
        "",
        "3",
    )
    rows = [
        [*who, *spring, "86", "合格", "云城执〔2025〕8号", ""],
        [
            *who,
            "四月集体学习",
            "集体学习",
            "政治学习",
            "2025-04-11",
            "",
            "",
            "",
            "",
            "90",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            *who,
            "年度学法考试",
            "考试",
            "法制教育",
            "2025-11-20",
            "",
            "",
            "",
            "",
            "",
            "",
            "92",
            "合格",
            "",
            "",
        ],
    ]
    return template_workbook([(SHEET, COLUMNS, rows)])
