"""The product's own template, as .xlsx, .xls or CSV: a sheet 试题 and a guide to its columns."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianbing.kit.spreadsheets import (
    CellError,
    Column,
    Sheet,
    SpreadsheetError,
    Table,
    find_table,
    template_workbook,
)
from lianbing.kit.spreadsheets import Row as SheetRow
from question_bank.formats.base import BadFile, BadRow, File, Place, Refusal, Row, kind_of
from question_bank.formats.bodies import draft_of
from question_bank.rules import answers

NAME = "excel"
LABEL = gettext_lazy("Excel template")
SHEET = "试题"
OPTION_LETTERS = "ABCDEFGH"
FILLED_DOWN = ("kind", "point", "difficulty", "citations")
COLUMNS = [
    Column(
        "kind",
        "题型",
        ("类型", "试题类型"),
        True,
        "单选题、多选题、不定项选择题、判断题、填空题、排序题、简答题或论述题。案例分析题请在网页上编写。",
        "单选题",
    ),
    Column(
        "stem",
        "题干",
        ("题目", "试题", "试题内容", "题目内容"),
        True,
        "问题本身，不超过4000字；填空处写（　）。",
        "执法人员执法时不得少于（　）。",
    ),
    *(
        Column(
            f"options.{place}",
            f"选项{letter}",
            (letter, f"答案{letter}"),
            False,
            "每个单元格写一个选项，从A起依次填写，中间不要留空；判断题不填。",
            "二人" if letter == "A" else "",
        )
        for place, letter in enumerate(OPTION_LETTERS)
    ),
    Column(
        "key",
        "答案",
        ("正确答案", "标准答案", "参考答案"),
        False,
        "单选写一个字母；多选写多个字母，如 ABC 或 A、B、C；判断写 正确 或 错误；填空按顺序写各空答案，用分号隔开，同一空的几种写法用 || 隔开；排序写正确顺序的字母；简答和论述写参考答案。不填的试题不导入；整份文件都没有答案时，全部存为草稿，不能进入试卷。",
        "A",
    ),
    Column("explanation", "解析", ("试题解析", "答案解析"), False, "交卷并公布后给考生看的说明。", ""),
    Column(
        "point", "知识点", ("知识点名称", "考点"), False, "一个知识点；新的知识点会自动建立。", "执法程序"
    ),
    Column(
        "difficulty",
        "难度",
        ("难易度", "难易程度"),
        False,
        "易、较易、中、较难、难，或1至5；不填为中。",
        "中",
    ),
    Column(
        "citations",
        "依据",
        ("出处", "法律依据", "依据条文"),
        False,
        "法规全名加条号；有多条时每行一条，或用分号隔开。",
        "《云汐市市容环境管理条例》第三十三条",
    ),
]
_LAW = "《云汐市市容环境管理条例》"
_EXAMPLES: list[dict[str, str]] = [
    {
        "kind": "单选题",
        "stem": "城市管理综合执法人员开展执法活动时，执法人员不得少于（　）。",
        "options": "一人|二人|三人|五人",
        "key": "B",
        "explanation": "执法时不得少于二人，并应当主动出示执法证件。",
        "point": "执法程序",
        "difficulty": "易",
        "citations": f"{_LAW}第三十三条",
    },
    {
        "kind": "多选题",
        "stem": "生活垃圾分为下列哪几类？",
        "options": "可回收物|有害垃圾|厨余垃圾|其他垃圾|工业固体废物",
        "key": "ABCD",
        "explanation": "生活垃圾分为四类，不含工业固体废物。",
        "point": "环境卫生",
        "difficulty": "较易",
        "citations": f"{_LAW}第二十条",
    },
    {
        "kind": "判断题",
        "stem": "协管人员可以单独实施行政处罚。",
        "key": "错误",
        "explanation": "协管人员只能从事辅助性工作，不得实施行政处罚。",
        "point": "执法程序",
        "difficulty": "易",
        "citations": f"{_LAW}第三十三条第二款",
    },
    {
        "kind": "填空题",
        "stem": "执法人员执法时不得少于（　），并应当主动出示（　）。",
        "key": "二人||两人；执法证件",
        "explanation": "执法时不得少于二人，并应当主动出示执法证件。",
        "point": "执法程序",
        "difficulty": "易",
        "citations": f"{_LAW}第三十三条",
    },
    {
        "kind": "排序题",
        "stem": "请按先后顺序排列普通程序的步骤。",
        "options": "作出决定|立案|送达|调查取证",
        "key": "BDAC",
        "explanation": "先立案，再调查取证，然后作出决定并送达。",
        "point": "执法程序",
        "difficulty": "中",
        "citations": f"{_LAW}第三十三条",
    },
    {
        "kind": "简答题",
        "stem": "简述执法人员进行检查时应当遵守的要求。",
        "key": "执法人员不得少于二人；主动出示执法证件；制作检查笔录。",
        "explanation": "要求见条文。",
        "point": "执法程序",
        "difficulty": "中",
        "citations": f"{_LAW}第三十三条",
    },
]


def _example(told: dict[str, str]) -> list[str]:
    options = told.get("options", "").split("|")
    cells = told | {f"options.{place}": text for place, text in enumerate(options)}
    return [cells.get(column.key, "") for column in COLUMNS]


def template() -> bytes:
    """The template as .xlsx bytes, with an example of every kind. It can be imported as it is."""
    return template_workbook([(SHEET, COLUMNS, [_example(told) for told in _EXAMPLES])])


def recognise(file: File) -> bool:
    """Whether some sheet has the headings of the template."""
    try:
        find_table(file.sheets, COLUMNS, sheet=SHEET)
    except (BadFile, SpreadsheetError):
        return False
    return True


def read(file: File) -> Iterator[Row | Refusal]:
    """Every row under the headings. Raises BadFile when there are none."""
    try:
        table = find_table(file.sheets, COLUMNS, sheet=SHEET)
    except SpreadsheetError as error:
        raise BadFile(f"{file.name}: {error}") from error
    sheet = next(one for one in file.sheets if one.name == table.sheet)
    faults = _faults(sheet, table)
    for row in table.rows:
        place = Place(
            _("%(file)s, sheet “%(sheet)s”, row %(row)d")
            % {"file": file.name, "sheet": table.sheet, "row": row.number},
            table.headings,
        )
        try:
            if row.number in faults:
                key, message = faults[row.number]
                raise BadRow(message, key)
            yield _row(row, place)
        except BadRow as error:
            yield Refusal(place.at(error.field), str(error), error.kind)


def _row(row: SheetRow, place: Place) -> Row:
    cells = {column.key: _text(row, column.key) for column in COLUMNS}
    kind = kind_of(cells["kind"])
    notes = []
    difficulty = answers.difficulty_named(cells["difficulty"]) if cells["difficulty"] else 3
    if difficulty is None:
        notes.append(
            _("The difficulty “%(text)s” is not known; it was taken as 中.")
            % {"text": cells["difficulty"][:20]}
        )
    draft = draft_of(
        kind,
        cells["stem"],
        [cells[f"options.{n}"] for n in range(len(OPTION_LETTERS))],
        cells["key"],
        explanation=cells["explanation"],
        point=cells["point"],
        difficulty=difficulty or 3,
        citations=tuple(re.split(r"[\n;；]", cells["citations"])),
    )
    return Row(place, draft, notes=tuple(notes))


def _text(row: SheetRow, key: str) -> str:
    try:
        return row.text(key)
    except CellError as error:
        raise BadRow(str(error), key) from error


def _faults(sheet: Sheet, table: Table) -> dict[int, tuple[str, str]]:
    """Rows that cannot be trusted, with the column's key and why; harmless merges are filled down.

    A kind, knowledge point, difficulty or citation merged over several rows plainly means all of them.
    Merged anywhere else, nobody can say which row a text belongs to: all its rows are refused.
    """
    columns = _positions(sheet, table)
    by_number = {row.number: row for row in table.rows}
    faults: dict[int, tuple[str, str]] = {}
    for top, left, bottom, right in sheet.merged:
        keys = [columns[place] for place in range(left, right + 1) if place in columns]
        fills = left == right and keys and keys[0] in FILLED_DOWN
        for number in range(top, min(bottom, sheet_end(sheet)) + 1):
            if number not in by_number or not keys:
                continue
            if fills:
                by_number[number].cells[keys[0]] = sheet.rows[top - 1][left - 1]
            else:
                faults[number] = (keys[0], _("Cells are merged here. Split them and fill in every row."))
    for error in table.errors:
        key = next((key for key, heading in table.headings.items() if heading == error.column), "")
        if not _is_filled_merge(sheet, columns, error.row, key):
            faults.setdefault(error.row, (key, error.message))
    return faults


def sheet_end(sheet: Sheet) -> int:
    """The last row of the sheet, counted from 1."""
    return len(sheet.rows)


def _is_filled_merge(sheet: Sheet, columns: dict[int, str], row: int, key: str) -> bool:
    return key in FILLED_DOWN and any(
        top <= row <= bottom and left == right and columns.get(left) == key
        for top, left, bottom, right in sheet.merged
    )


def _positions(sheet: Sheet, table: Table) -> dict[int, str]:
    """Which column (from 1) holds which key, told by the row of headings the table was found under."""
    wanted = set(table.headings.values())
    heading_row: list[Any] = max(sheet.rows[:15], key=lambda row: sum(_plain(cell) in wanted for cell in row))
    by_heading = {heading: key for key, heading in table.headings.items()}
    return {
        place: by_heading[_plain(cell)]
        for place, cell in enumerate(heading_row, start=1)
        if _plain(cell) in by_heading
    }


def _plain(cell: Any) -> str:
    return cell.replace("\xa0", " ").strip() if isinstance(cell, str) else ""
