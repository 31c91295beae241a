"""Lists of teams and their players, from a spreadsheet or pasted from one."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import (
    CellError,
    Column,
    Row,
    RowError,
    Sheet,
    SpreadsheetError,
    Table,
    find_table,
    template_workbook,
)

SHEET = "队伍名单"
MOST_ROWS = 2_000
MOST_PASTED = 200_000
COLUMNS = (
    Column(
        "team", "队伍", ("队名", "参赛队", "代表队"), True, "同一支队伍的队员写同一个队名。", "车站中队代表队"
    ),
    Column(
        "number",
        "工号",
        ("人员编号", "警号"),
        False,
        "本系统人员的工号；外单位来宾留空，只写姓名。",
        "YX0012",
    ),
    Column(
        "name", "姓名", ("队员", "队员姓名"), False, "写了工号的可以留空；都写的必须是同一个人。", "王志强"
    ),
    Column(
        "unit",
        "单位",
        ("所属单位", "参赛单位"),
        False,
        "队伍代表的单位，决定评委回避；写在该队任一行即可。",
        "车站中队",
    ),
    Column("leader", "领队", ("队长",), False, "领队写“是”，每队一人。", "是"),
    Column("substitute", "替补", ("替补队员",), False, "替补写“是”。", ""),
)
_YES = {"是", "√", "对", "1", "y", "yes", "true", "有"}
_NO = {"", "否", "不是", "0", "n", "no", "false", "无", "×"}


@dataclass(frozen=True)
class ListedPlayer:
    """One row: a player as written. `row` is the row of the file."""

    row: int
    number: str
    name: str
    leader: bool
    substitute: bool


@dataclass
class ListedTeam:
    """One team as written: the rows of one name, in order."""

    name: str
    row: int
    unit: str = ""
    unit_row: int = 0
    players: list[ListedPlayer] = field(default_factory=list)


def template() -> bytes:
    """The template as an .xlsx with two example teams."""
    rows = [
        ["车站中队代表队", "YX0012", "", "车站中队", "是", ""],
        ["车站中队代表队", "YX0013", "", "", "", ""],
        ["车站中队代表队", "YX0014", "", "", "", ""],
        ["车站中队代表队", "YX0015", "", "", "", "是"],
        ["兄弟城市来宾队", "", "周明远", "", "是", ""],
        ["兄弟城市来宾队", "", "许静", "", "", ""],
    ]
    return template_workbook([(SHEET, COLUMNS, rows)])


def pasted(text: str) -> Sheet:
    """Rows copied from a spreadsheet program (tabs) or typed with commas, as a sheet. Raises SpreadsheetError."""
    if len(text) > MOST_PASTED:
        raise SpreadsheetError(_("The pasted text is too long. Upload it as a file."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    mark = "\t" if "\t" in lines else ","
    plain = lines if mark == "\t" else lines.replace("，", ",")
    try:
        rows = list(csv.reader(io.StringIO(plain), delimiter=mark))
    except csv.Error as error:
        raise SpreadsheetError(_("The pasted text cannot be read as rows.")) from error
    return Sheet(_("Pasted text"), [list(row) for row in rows])


def read_teams(sheets: Sequence[Sheet]) -> tuple[list[ListedTeam], list[RowError], Table]:
    """The teams of a file in the order they first appear, what is wrong by row and column, and the table.

    Raises SpreadsheetError when no sheet has the headings, or there are too many rows.
    """
    table = find_table(sheets, COLUMNS)
    if len(table.rows) > MOST_ROWS:
        raise SpreadsheetError(_("A list of teams has at most 2,000 rows."))
    errors = list(table.errors)
    teams: dict[str, ListedTeam] = {}
    for row in table.rows:
        read = _player(table, row, errors)
        if read is None:
            continue
        name, unit, player = read
        team = teams.setdefault(name, ListedTeam(name, row.number))
        team.players.append(player)
        if unit and team.unit and unit != team.unit:
            message = _("“%(team)s” has another unit in row %(row)d.") % {"team": name, "row": team.unit_row}
            errors.append(table.error(row, "unit", message))
        elif unit:
            team.unit, team.unit_row = unit, row.number
    if not table.rows:
        errors.append(table.error(1, "team", _("There is no row below the headings.")))
    return list(teams.values()), errors, table


def _player(table: Table, row: Row, errors: list[RowError]) -> tuple[str, str, ListedPlayer] | None:
    """One row as (team, unit, player), or None with what is wrong added to `errors`."""
    said: dict[str, str] = {}
    for column in COLUMNS:
        try:
            said[column.key] = row.text(column.key)
        except CellError as error:
            errors.append(table.error(row, column.key, str(error)))
            return None
    found = len(errors)
    if not said["team"]:
        errors.append(table.error(row, "team", _("The name of the team is missing.")))
    if len(said["team"]) > 40:
        errors.append(table.error(row, "team", _("At most 40 characters.")))
    if not said["number"] and not said["name"]:
        errors.append(table.error(row, "name", _("Write a staff number, or the name of a guest.")))
    if len(said["name"]) > 50:
        errors.append(table.error(row, "name", _("At most 50 characters.")))
    flags = {key: _flag(table, row, key, said[key], errors) for key in ("leader", "substitute")}
    if len(errors) > found:
        return None
    player = ListedPlayer(row.number, said["number"], said["name"], flags["leader"], flags["substitute"])
    return said["team"], said["unit"], player


def _flag(table: Table, row: Row, key: str, text: str, errors: list[RowError]) -> bool:
    said = text.strip().casefold()
    if said not in _YES and said not in _NO:
        errors.append(table.error(row, key, _("Write 是, or leave it empty.")))
    return said in _YES


def numbers(teams: Iterable[ListedTeam]) -> set[str]:
    """Every staff number written in these teams."""
    return {player.number for team in teams for player in team.players if player.number}
