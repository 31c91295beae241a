"""Cards for tests, written and approved by the services themselves."""

import datetime
from dataclasses import replace

from lianbing.kit.spreadsheets import OutSheet, read_workbook, write_workbook
from lianbing.library.formats.card_columns import COLUMNS, GRADE_COLUMNS, STEP_COLUMNS
from lianbing.library.models import Card
from lianbing.library.rules.cards import CardText
from lianbing.library.services import cards
from lianbing.people.rules import Role
from tests.factories import people

AT = datetime.datetime(2026, 11, 4, 2, tzinfo=datetime.UTC)
TEXT = CardText(
    name="擅自占道摆摊",
    item="市容管理",
    violation="擅自占用道路摆摊设点",
    seen="路边摊 流动摊贩 烧烤",
    violation_basis="《测试市市容条例》第一条",
    penalty_basis="《测试市市容条例》第二条",
    bounds="50-500元",
    grades="轻微 | 首次并改正 | 不予处罚 | | 《行政处罚法》第三十三条\n一般 | 其他 | 50-500元",
    steps="立案\n决定 | 作出决定 | 90日 | 立案\n送达 | 交付 | 7个工作日 | 决定",
    evidence="现场全景照片\n询问笔录",
    phrases="您好，请出示证件。",
    risks="选择性执法：同一条街同一标准",
)


def text(**changes) -> CardText:
    """The words of a card, with changes."""
    return replace(TEXT, **changes)


def legal(**fields):
    """Somebody of the legal section."""
    return people.actor(people.staff(Role.LEGAL, **fields))


def trainer():
    """Somebody who writes cards and approves none."""
    return people.actor(people.staff(Role.TRAINER))


def draft(code="SR-01", by=None, at=AT, edits=0, **changes):
    """The draft of a card."""
    return cards.save_draft(code=code, text=text(**changes), seen=edits, by=by or trainer(), at=at)


def waiting(code="SR-01", by=None, at=AT, **changes):
    """A card that lies with the legal section."""
    version = draft(code, by, at, **changes)
    cards.submit(version=version, by=by or trainer(), at=at)
    version.refresh_from_db()
    return version


def approved(code="SR-01", at=AT, **changes):
    """A card in everybody's hands."""
    version = waiting(code, at=at, **changes)
    return cards.approve(version=version, seen=version.edits, gaps_seen=True, by=legal(), at=at)


def card(code="SR-01") -> Card:
    """The card as it stands in the database."""
    return Card.objects.get(code=code)


ROW = {
    "code": "SR-01",
    "name": "擅自占道摆摊",
    "item": "市容管理",
    "violation": "擅自占用道路摆摊设点",
    "violation_basis": "《测试市市容条例》第一条",
    "penalty_basis": "《测试市市容条例》第二条",
    "bounds": "50-500元",
    "grades": "一般 | 甲 | 50-500元",
}


def workbook(*rows, grades=(), steps=()) -> bytes:
    """A file of cards. Rows are dictionaries by column key, laid over `ROW`."""

    def sheet(name, columns, given):
        keys = [column.key for column in columns]
        return OutSheet(
            name, [c.heading for c in columns], [[row.get(key, "") for key in keys] for row in given]
        )

    parts = [sheet("执法事项", COLUMNS, [ROW | row for row in rows])]
    if grades:
        parts.append(sheet("裁量等级", GRADE_COLUMNS, grades))
    if steps:
        parts.append(sheet("办理步骤", STEP_COLUMNS, steps))
    return write_workbook(parts)


def sheets(*rows, **further):
    """The same, read."""
    return read_workbook(workbook(*rows, **further), "cards.xlsx")
