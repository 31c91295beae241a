"""Turning the rows of an older register into the history it stands for. Pure: no database, no clock.

The file says what is now (one row a card), the reviews of past years and what happened since. The register
keeps a history, from which it follows what is now. So the rows are put in the order of their days, and the card
somebody holds today is reached through those it replaced.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

ENTERED, REVIEWED = "entered", "reviewed"
CHANGES = {
    "暂扣": "suspended",
    "停止使用": "suspended",
    "恢复": "reinstated",
    "解除暂扣": "reinstated",
    "发还": "reinstated",
    "收回": "withdrawn",
    "遗失": "lost",
    "挂失": "lost",
    "丢失": "lost",
    "补办": "reissued",
    "补发": "reissued",
    "换证": "renewed",
    "换发": "renewed",
    "延续": "renewed",
    "转入": "transferred",
    "调入": "transferred",
    "撤销": "revoked",
    "吊销": "revoked",
    "注销": "cancelled",
}
STATES = {
    "": "",
    "有效": "active",
    "正常": "active",
    "在用": "active",
    "已过期": "active",
    "过期": "active",
    "暂扣": "suspended",
    "收回": "withdrawn",
    "遗失": "lost",
    "挂失": "lost",
    "撤销": "revoked",
    "吊销": "revoked",
    "注销": "cancelled",
}
PASSED, FAILED = "passed", "failed"
RESULTS = {
    "合格": PASSED,
    "通过": PASSED,
    "优秀": PASSED,
    "称职": PASSED,
    "不合格": FAILED,
    "未通过": FAILED,
    "不称职": FAILED,
}
REPLACING = frozenset({"renewed", "reissued"})


def _plain(text: str) -> str:
    return re.sub(r"\s|^已", "", unicodedata.normalize("NFKC", text).strip())


def change_of(text: str) -> str | None:
    """The event a cell names, None when there is no such change."""
    word = _plain(text)
    return CHANGES.get(word) or (word if word in CHANGES.values() else None)


def state_of(text: str) -> str | None:
    """The state a cell names; "" when it says nothing, None when it cannot be understood."""
    word = _plain(text)
    return STATES.get(word, word if word in STATES.values() else None)


def result_of(text: str) -> str | None:
    """The result of a review a cell names, None when it cannot be understood."""
    word = _plain(text)
    return RESULTS.get(word) or (word if word in RESULTS.values() else None)


@dataclass(frozen=True)
class Card:
    """The card somebody holds now. `state` "" or "active" = nothing stands against it; else since `state_on`."""

    row: int
    officer_id: int
    number: str
    issuer: str
    first_issued_on: datetime.date | None
    valid_from: datetime.date
    valid_until: datetime.date
    state: str = ""
    state_on: datetime.date | None = None
    document_no: str = ""
    note: str = ""


@dataclass(frozen=True)
class Review:
    """One past review."""

    row: int
    officer_id: int
    year: int
    on: datetime.date
    result: str
    hours: str = ""
    exam: str = ""
    conduct: str = ""
    document_no: str = ""
    note: str = ""


@dataclass(frozen=True)
class Change:
    """One past change. A renewal names the card it replaced."""

    row: int
    officer_id: int
    on: datetime.date
    kind: str
    reason: str = ""
    document_no: str = ""
    old_number: str = ""
    old_until: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One event of the history: where it stands in the file, and what it says."""

    sheet: str
    row: int
    kind: str
    on: datetime.date
    document_no: str = ""
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Why rows give no history: which row, which column, and a code for the words."""

    sheet: str
    row: int
    key: str
    code: str


class Unreadable(Exception):
    """The rows of one person contradict one another."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


CARDS, REVIEWS, CHANGES_SHEET = "cards", "reviews", "changes"


def history(card: Card, reviews: Sequence[Review], changes: Sequence[Change]) -> list[Step]:
    """The events of one person's certificate in the order of their days. Raises Unreadable.

    The first card begins on the day it was first issued; each replacing change makes the next; the last is
    the one of the row. Where the row says that it is suspended (lost, cancelled ...) and no change says since
    when, the row's own day is taken.
    """
    replacing = sorted((one for one in changes if one.kind in REPLACING), key=lambda one: one.on)
    numbers = _numbers(card, replacing)
    later = [_changed(card, change, replacing, numbers) for change in changes]
    later += [_reviewed(review) for review in reviews]
    if card.state not in ("", "active") and not any(one.kind == card.state for one in changes):
        if card.state_on is None:
            raise Unreadable(Problem(CARDS, card.row, "state_on", "since_when"))
        later.append(Step(CARDS, card.row, card.state, card.state_on, card.document_no, card.note))
    entered = _entered(card, replacing, numbers[0], [step.on for step in later])
    for step in later:
        if step.on < entered.on:
            raise Unreadable(Problem(step.sheet, step.row, "on", "before_first"))
    return [entered, *sorted(later, key=lambda step: (step.on, step.kind != REVIEWED, step.row))]


def _numbers(card: Card, replacing: Sequence[Change]) -> list[tuple[str, datetime.date | None]]:
    """The number and last day of every card held, the first one first."""
    chain: list[tuple[str, datetime.date | None]] = []
    for change in replacing:
        if change.kind == "renewed" and change.old_until is None:
            raise Unreadable(Problem(CHANGES_SHEET, change.row, "old_until", "old_until_missing"))
        chain.append((change.old_number or card.number, change.old_until))
    chain.append((card.number, card.valid_until))
    # A reissue keeps the dates: where it does not say until when the lost card was good, the next one's day holds.
    for place in range(len(chain) - 2, -1, -1):
        if chain[place][1] is None:
            chain[place] = (chain[place][0], chain[place + 1][1])
    return chain


def _entered(
    card: Card,
    replacing: Sequence[Change],
    first: tuple[str, datetime.date | None],
    days: Sequence[datetime.date],
) -> Step:
    """Entering the first card. Its own first day is known only where it is the card of the row."""
    issued = card.first_issued_on or min([card.valid_from, *days])
    begins = issued if any(one.kind == "renewed" for one in replacing) else card.valid_from
    number, until = first
    assert until is not None
    if until < begins:
        raise Unreadable(Problem(CARDS, card.row, "first_issued_on", "first_after_first_end"))
    data = {
        "certificate_no": number,
        "first_issued_on": issued.isoformat(),
        "valid_from": begins.isoformat(),
        "valid_until": until.isoformat(),
    }
    if card.issuer:
        data["issuer"] = card.issuer
    plain = card.state in ("", "active")
    return Step(
        CARDS, card.row, ENTERED, issued, card.document_no if plain else "", card.note if plain else "", data
    )


def _changed(
    card: Card,
    change: Change,
    replacing: Sequence[Change],
    numbers: Sequence[tuple[str, datetime.date | None]],
) -> Step:
    data: dict[str, Any] = {}
    note = "；".join(part for part in (change.reason, change.note) if part)
    if change.kind in REPLACING:
        place = [one.row for one in replacing].index(change.row) + 1
        number, until = numbers[place]
        assert until is not None
        data["certificate_no"] = number
        if change.kind == "renewed":
            later = any(one.kind == "renewed" for one in replacing[place:])
            data["valid_from"] = (change.on if later else card.valid_from).isoformat()
            data["valid_until"] = until.isoformat()
    return Step(CHANGES_SHEET, change.row, change.kind, change.on, change.document_no, note, data)


def _reviewed(review: Review) -> Step:
    data: dict[str, Any] = {"year": review.year, "result": review.result}
    data |= {
        name: value
        for name, value in (
            ("hours", review.hours),
            ("exam_result", review.exam),
            ("conduct_note", review.conduct),
        )
        if value
    }
    return Step(REVIEWS, review.row, REVIEWED, review.on, review.document_no, review.note, data)
