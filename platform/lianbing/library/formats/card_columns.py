"""The columns of a file of handbook cards, and its template."""

from lianbing.kit.spreadsheets import Column, template_workbook

SHEET, GRADES_SHEET, STEPS_SHEET = "执法事项", "裁量等级", "办理步骤"
EXAMPLE = "示例"
PROCEDURES = {
    "简易程序": "simple",
    "简易": "simple",
    "当场处罚": "simple",
    "普通程序": "ordinary",
    "一般程序": "ordinary",
    "普通": "ordinary",
    "简易或普通程序": "both",
    "简易程序或普通程序": "both",
    "简易程序、普通程序": "both",
    "不涉及处罚": "none",
    "无": "none",
}
LINES = "一行一条，单元格内用 Alt+Enter 换行"
COLUMNS = [
    Column(
        "code",
        "事项编码",
        ("编码", "职权编码", "事项代码", "code"),
        True,
        "字母、数字、- 和 _，最多40个；已有的编码表示修改这张卡片",
        "示例001",
    ),
    Column("name", "事项名称", ("名称", "职权名称", "name"), True, "最多200字", "擅自占道摆摊"),
    Column("item", "一级事项", ("事项类别", "类别", "item"), True, "卡片所在的大类，最多60字", "市容管理"),
    Column(
        "violation", "违法行为", ("违法情形", "violation"), True, "违法行为的表述", "擅自占用人行道摆摊设点"
    ),
    Column(
        "seen",
        "街面所见",
        ("现场表现", "关键词", "seen"),
        False,
        "队员和群众怎么说，搜索用",
        "路边摊 流动摊贩",
    ),
    Column(
        "violation_basis",
        "违法依据",
        ("违则", "违法条款", "violation basis"),
        True,
        f"写到条、款、项；{LINES}",
        "《某市市容条例》第十条第一款",
    ),
    Column(
        "penalty_basis",
        "处罚依据",
        ("罚则", "处罚条款", "penalty basis"),
        False,
        f"写到条、款、项；{LINES}；填了法定处罚就必须填",
        "《某市市容条例》第四十四条第一款",
    ),
    Column(
        "bounds",
        "法定处罚",
        ("处罚种类和幅度", "处罚种类", "penalties"),
        False,
        f"每行：处罚 | 适用对象 | 说明，后两项可省；{LINES}。处罚写警告、50元以上500元以下、1-3倍、20-50元/平方米、没收违法所得等，几种用、隔开",
        "警告、50元以上500元以下 | 个人",
    ),
    Column(
        "grades",
        "裁量等级",
        ("裁量基准", "裁量标准", "grades"),
        False,
        f"每行：等级 | 情形 | 处罚 | 适用对象 | 依据，后两项可省；{LINES}；也可以写在“{GRADES_SHEET}”表里，不要两处都写",
        "",
    ),
    Column(
        "procedure",
        "适用程序",
        ("程序", "办案程序", "procedure"),
        False,
        "简易程序、普通程序、简易或普通程序、不涉及处罚；不填按普通程序",
        "普通程序",
    ),
    Column(
        "steps",
        "办理步骤",
        ("步骤", "流程", "steps"),
        False,
        f"每行：步骤 | 做什么 | 期限 | 起算步骤，后三项可省；{LINES}；也可以写在“{STEPS_SHEET}”表里，不要两处都写",
        "",
    ),
    Column("evidence", "证据清单", ("取证清单", "证据", "evidence"), False, LINES, "现场全景和近景照片"),
    Column("documents", "文书", ("所用文书", "文书清单", "documents"), False, LINES, "责令改正通知书"),
    Column(
        "phrases", "规范用语", ("执法用语", "话术", "phrases"), False, LINES, "您好，我们是城管执法队员。"
    ),
    Column("mistakes", "常见错误", ("常见问题", "易错点", "mistakes"), False, LINES, "没有写明改正期限"),
    Column("risks", "廉政风险", ("廉政风险点", "risks"), False, LINES, "选择性执法：同一条街同一标准"),
    Column("equipment", "装备与安全", ("装备", "安全提示", "equipment"), False, LINES, "执法记录仪两部"),
    Column(
        "posts",
        "岗位",
        ("适用岗位", "办理岗位", "posts"),
        False,
        "系统里的岗位，用、隔开；不填表示所有岗位",
        "",
    ),
]
GRADE_COLUMNS = [
    Column("code", "事项编码", ("编码", "code"), True, "与“执法事项”表一致", "示例001"),
    Column("name", "等级", ("裁量等级", "阶次", "grade"), True, "如 轻微、一般、较重、严重", "一般"),
    Column(
        "circumstances",
        "情形",
        ("适用情形", "违法情节", "circumstances"),
        True,
        "满足什么情形",
        "占用面积不满5平方米",
    ),
    Column(
        "penalty",
        "处罚",
        ("处罚幅度", "裁量幅度", "penalty"),
        True,
        "写法同“法定处罚”；不予处罚要写依据",
        "50-200元",
    ),
    Column("subject", "适用对象", ("对象", "subject"), False, "与“法定处罚”里的对象一致", "个人"),
    Column(
        "basis",
        "依据",
        ("裁量依据", "basis"),
        False,
        "减轻写《行政处罚法》第三十二条，不予处罚写第三十三条",
        "",
    ),
]
STEP_COLUMNS = [
    Column("code", "事项编码", ("编码", "code"), True, "与“执法事项”表一致", "示例001"),
    Column("name", "步骤", ("环节", "step"), True, "按先后一行一步", "送达"),
    Column("what", "做什么", ("内容", "办理要求", "what"), False, "", "交付行政处罚决定书"),
    Column(
        "limit", "期限", ("时限", "办理时限", "limit"), False, "7个工作日、90日、24小时、当场", "7个工作日"
    ),
    Column("since", "起算步骤", ("起算", "从哪一步起", "since"), False, "不填从第一步起算", "决定"),
]


def template() -> bytes:
    """The template as an .xlsx: headings, example rows that are never imported, column guide."""
    card = [column.example for column in COLUMNS]
    grades = [
        [f"{EXAMPLE}001", "轻微", "首次违法并当场改正", "不予处罚", "个人", "《行政处罚法》第三十三条"],
        [f"{EXAMPLE}001", "一般", "占用面积不满5平方米", "50-200元", "个人", ""],
        [f"{EXAMPLE}001", "较重", "占用面积5平方米以上，或者再次违法", "200-500元", "个人", ""],
    ]
    steps = [
        [f"{EXAMPLE}001", "立案", "填写立案审批表", "", ""],
        [f"{EXAMPLE}001", "决定", "负责人审查，作出决定", "90日", "立案"],
        [f"{EXAMPLE}001", "送达", "交付行政处罚决定书", "7个工作日", "决定"],
    ]
    return template_workbook(
        [(SHEET, COLUMNS, [card]), (GRADES_SHEET, GRADE_COLUMNS, grades), (STEPS_SHEET, STEP_COLUMNS, steps)]
    )
