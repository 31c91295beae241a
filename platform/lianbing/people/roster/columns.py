"""The columns of the roster file, and its template."""

from lianbing.kit.spreadsheets import Column, template_workbook
from lianbing.people.models import Officer

PEOPLE_SHEET, UNITS_SHEET = "人员", "单位"
EXAMPLE = "示例"
CATEGORIES = {
    "执法人员": Officer.Category.OFFICER,
    "执法队员": Officer.Category.OFFICER,
    "在编执法人员": Officer.Category.OFFICER,
    "officer": Officer.Category.OFFICER,
    "协管员": Officer.Category.AUXILIARY,
    "辅助人员": Officer.Category.AUXILIARY,
    "执法辅助人员": Officer.Category.AUXILIARY,
    "协管": Officer.Category.AUXILIARY,
    "auxiliary": Officer.Category.AUXILIARY,
    "文职": Officer.Category.CIVILIAN,
    "文职人员": Officer.Category.CIVILIAN,
    "civilian": Officer.Category.CIVILIAN,
}
COLUMNS = [
    Column(
        "staff_number",
        "工号",
        ("staff number", "人员编号"),
        True,
        "唯一；已有的工号表示更新这个人",
        "示例001",
    ),
    Column("name", "姓名", ("name",), True, "2 至 50 个字", "张晓宁"),
    Column(
        "unit",
        "单位",
        ("unit", "所属单位", "单位路径"),
        True,
        "从最上一级写到本单位，用 / 分开；必须是系统里已有的单位，或写在“单位”表里",
        "市容执法支队/直属一大队/滨河中队",
    ),
    Column("post", "岗位", ("post",), True, "没有的岗位会新建", "一线执法岗"),
    Column("category", "人员类别", ("category", "类别"), True, "执法人员、协管员 或 文职", "执法人员"),
    Column("badge_number", "胸号", ("badge number", "执法胸号", "胸牌号"), False, "可以不填", "云汐城执0001"),
    Column(
        "id_number",
        "身份证号",
        ("id number", "身份证号码", "公民身份号码"),
        False,
        "18 位；单元格格式请设为文本；系统只保存遮盖后的号码",
        "",
    ),
    Column("joined_on", "入职日期", ("joined on", "参加工作日期"), False, "例如 2019-07-01", "2019-07-01"),
    Column(
        "starts_on",
        "任职日期",
        ("appointment date", "任现职日期", "appointed on"),
        False,
        "到现单位现岗位的日期；不填时，新人按入职日期，调动按导入当天",
        "2022-03-01",
    ),
    Column(
        "rank",
        "职务",
        ("职级", "职务职级", "职务/职级", "rank"),
        False,
        "例如 中队长、一级科员；可以不填，不填时不改变",
        "中队长",
    ),
]
UNIT_COLUMNS = [
    Column("unit", "单位路径", ("unit", "单位"), True, "从最上一级写起，用 / 分开；没有的会新建", ""),
    Column("note", "备注", ("note",), False, "备注以“示例”开头的行不导入", "示例"),
]


def template() -> bytes:
    """The template as an .xlsx: headings, example rows that are never imported, units, column guide."""
    people = [
        [
            f"{EXAMPLE}001",
            "张晓宁",
            "市容执法支队/直属一大队/滨河中队",
            "一线执法岗",
            "执法人员",
            "云汐城执0001",
            "",
            "2019-07-01",
            "2022-03-01",
            "中队长",
        ],
        [
            f"{EXAMPLE}002",
            "李沐阳",
            "市容执法支队/直属一大队",
            "协管巡查岗",
            "协管员",
            "",
            "",
            "2023-05-15",
            "",
            "",
        ],
    ]
    units = [
        ["市容执法支队", f"{EXAMPLE}：这三行不会导入"],
        ["市容执法支队/直属一大队", EXAMPLE],
        ["市容执法支队/直属一大队/滨河中队", EXAMPLE],
    ]
    return template_workbook([(PEOPLE_SHEET, COLUMNS, people), (UNITS_SHEET, UNIT_COLUMNS, units)])
