"""The sheets and columns of an older register of enforcement certificates, and its template."""

from lianbing.kit.spreadsheets import Column, template_workbook

CARD_SHEET, REVIEW_SHEET, CHANGE_SHEET, QUALIFICATION_SHEET = "执法证", "年审记录", "变更记录", "资格"
EXAMPLE = "示例"

STAFF = Column(
    "staff_number", "工号", ("人员编号", "职工号", "staff number"), True, "系统里已有的工号", "示例001"
)
NAME = Column(
    "name", "姓名", ("持证人", "name"), False, "填了就与系统核对，防止串行；重名时尤其要填", "张晓宁"
)
DOCUMENT = Column(
    "document_no", "文号", ("文书编号", "批准文号", "document no"), False, "批准或决定的文号，最多64字", ""
)
NOTE = Column("note", "备注", ("说明", "note"), False, "最多200字", "")

CARD_COLUMNS = [
    STAFF,
    NAME,
    Column(
        "certificate_no",
        "证号",
        ("执法证号", "证件编号", "证件号码", "执法证编号", "certificate no"),
        True,
        "现持证件上的编号；单元格格式请设为文本",
        "云A0100001",
    ),
    Column("issuer", "发证机关", ("核发机关", "issuer"), False, "证件上的发证机关", "云汐省人民政府"),
    Column(
        "first_issued_on",
        "首次发证日期",
        ("初次发证日期", "初领日期", "first issued on"),
        False,
        "第一次领证的日期；不填时按有效期起",
        "2017-11-01",
    ),
    Column(
        "valid_from",
        "有效期起",
        ("发证日期", "有效期开始", "有效期自", "起始日期", "valid from"),
        True,
        "现持证件有效期的第一天，例如 2022-11-01",
        "2022-11-01",
    ),
    Column(
        "valid_until",
        "有效期止",
        ("有效期至", "到期日期", "有效期结束", "截止日期", "valid until"),
        True,
        "现持证件有效期的最后一天",
        "2027-10-31",
    ),
    Column(
        "state",
        "状态",
        ("证件状态", "持证状态", "state"),
        False,
        "有效、暂扣、收回、遗失、撤销、注销；不填为有效；过期由系统按日期判断",
        "有效",
    ),
    Column(
        "state_on",
        "状态起日",
        ("状态日期", "状态开始日期", "since"),
        False,
        "状态不是有效时必填，除非变更记录里已有这一天",
        "",
    ),
    DOCUMENT,
    NOTE,
]
REVIEW_COLUMNS = [
    STAFF,
    NAME,
    Column("year", "年度", ("审验年度", "年审年度", "year"), True, "四位年份", "2025"),
    Column("on", "审验日期", ("年审日期", "日期", "reviewed on"), True, "通过或未通过的日期", "2025-12-20"),
    Column("result", "结果", ("审验结果", "年审结果", "result"), True, "合格、不合格", "合格"),
    Column("hours", "学时", ("培训学时", "hours"), False, "0 至 1000 的数字", "42"),
    Column("exam", "考试", ("考试成绩", "考试结果", "exam"), False, "成绩或合格、不合格，最多40字", "86"),
    Column("conduct", "考核", ("考核情况", "表现", "conduct"), False, "称职、无违纪等，最多100字", "称职"),
    DOCUMENT,
    NOTE,
]
CHANGE_COLUMNS = [
    STAFF,
    NAME,
    Column("on", "日期", ("变更日期", "changed on"), True, "变更生效的日期", "2022-11-01"),
    Column(
        "kind",
        "变更",
        ("变更类型", "变更事项", "kind"),
        True,
        "暂扣、恢复、收回、遗失、补办、换证、转入、撤销、注销",
        "换证",
    ),
    Column("reason", "事由", ("变更原因", "原因", "reason"), False, "最多200字", "有效期届满"),
    DOCUMENT,
    Column(
        "old_number", "原证号", ("旧证号", "old number"), False, "换证、补办时被替换的证件编号", "云A0090001"
    ),
    Column(
        "old_until",
        "原有效期止",
        ("旧证有效期止", "old valid until"),
        False,
        "换证时必填：被替换证件有效期的最后一天",
        "2022-10-31",
    ),
    NOTE,
]
QUALIFICATION_COLUMNS = [
    STAFF,
    NAME,
    Column(
        "kind", "资格", ("资格名称", "资格类型", "kind"), True, "法律职业资格、听证主持人", "法律职业资格"
    ),
    Column(
        "number",
        "资格证号",
        ("证书编号", "资格证书编号", "编号", "number"),
        True,
        "证书上的编号；单元格格式请设为文本",
        "A20193200000001",
    ),
    Column("grade", "类别", ("等级", "grade"), False, "A、B、C", "A"),
    Column("obtained_on", "取得日期", ("发证日期", "obtained on"), True, "例如 2019-03-01", "2019-03-01"),
    Column("valid_until", "有效期止", ("有效期至", "valid until"), False, "没有期限的不填", ""),
    Column("issuer", "发证机关", ("核发机关", "issuer"), False, "最多100字", "司法部"),
    NOTE,
]


def template() -> bytes:
    """The template as an .xlsx: four sheets with example rows that are never imported, and a column guide."""
    who = [f"{EXAMPLE}001", "张晓宁"]
    cards = [
        [*who, "云A0100001", "云汐省人民政府", "2017-11-01", "2022-11-01", "2027-10-31", "有效", "", "", ""],
        [
            f"{EXAMPLE}002",
            "李沐阳",
            "云A0100002",
            "云汐省人民政府",
            "2021-05-01",
            "2021-05-01",
            "2026-04-30",
            "暂扣",
            "2025-09-01",
            "云城执〔2025〕31号",
            "专项考试不合格",
        ],
    ]
    reviews = [
        [*who, "2024", "2024-12-18", "合格", "40", "82", "称职", "", ""],
        [*who, "2025", "2025-12-20", "合格", "42", "86", "称职", "", ""],
    ]
    changes = [[*who, "2022-11-01", "换证", "有效期届满", "", "云A0090001", "2022-10-31", ""]]
    qualifications = [
        [*who, "法律职业资格", "A20193200000001", "A", "2019-03-01", "", "司法部", ""],
    ]
    return template_workbook(
        [
            (CARD_SHEET, CARD_COLUMNS, cards),
            (REVIEW_SHEET, REVIEW_COLUMNS, reviews),
            (CHANGE_SHEET, CHANGE_COLUMNS, changes),
            (QUALIFICATION_SHEET, QUALIFICATION_COLUMNS, qualifications),
        ]
    )
