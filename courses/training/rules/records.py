"""What a row of past training records means: kinds by their everyday names, results, and what makes a row itself."""

import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

EXAM = "exam"
CLASS_KINDS = {
    "培训班": "in_service",
    "集中培训": "in_service",
    "在职培训": "in_service",
    "春训": "in_service",
    "岗前培训": "induction",
    "初任培训": "induction",
    "新队员培训": "induction",
    "任职培训": "post",
    "专门业务培训": "special",
    "业务培训": "special",
    "轮训": "rotation",
    "专题培训": "topical",
    "脱产培训": "full_time",
    "脱岗培训": "full_time",
    "封闭培训": "full_time",
    "外出培训": "external",
    "外派培训": "external",
    "调训": "external",
}
MEETING_KINDS = {
    "学习日": "study_day",
    "集体学习": "study_day",
    "固定学习日": "study_day",
    "讲座": "lecture",
    "参观": "visit",
    "观影": "film",
    "自学": "self_study",
    "个人自学": "self_study",
    "演练": "drill",
    "队列训练": "drill",
    "网络培训": "online_live",
    "线上培训": "online_live",
}
EXAM_KINDS = {"考试": EXAM, "测试": EXAM, "考核": EXAM, "抽考": EXAM, "结业考试": EXAM}
CODES = {*CLASS_KINDS.values(), *MEETING_KINDS.values(), EXAM}

PASSED, FAILED, ABSENT, LEAVE, NOTHING = "passed", "failed", "absent", "leave", ""
RESULTS = {
    "合格": PASSED,
    "及格": PASSED,
    "通过": PASSED,
    "结业": PASSED,
    "优秀": PASSED,
    "良好": PASSED,
    "不合格": FAILED,
    "不及格": FAILED,
    "未通过": FAILED,
    "未结业": FAILED,
    "缺考": ABSENT,
    "缺勤": ABSENT,
    "缺席": ABSENT,
    "未参加": ABSENT,
    "请假": LEAVE,
    "缓考": LEAVE,
}


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def kind_of(text: str) -> str | None:
    """The kind a cell names: of a class, of a meeting or `exam`. Blank is a class; None = no such kind."""
    word = _plain(text)
    if not word:
        return "in_service"
    known = {**CLASS_KINDS, **MEETING_KINDS, **EXAM_KINDS}
    return known.get(word) or (word if word in CODES else None)


def is_class(kind: str) -> bool:
    """Whether a kind is that of a class with batches; else it is a meeting or an exam."""
    return kind in CLASS_KINDS.values()


def result_of(text: str) -> str | None:
    """What a cell says of the outcome; "" when it says nothing, None when it cannot be understood."""
    word = _plain(text)
    return RESULTS.get(word) if word else NOTHING


def was_there(result: str) -> bool:
    """Whether somebody with this outcome attended."""
    return result not in (ABSENT, LEAVE)


@dataclass(frozen=True)
class Record:
    """One good row: who did what, when, and with which result.

    `hours` None = to be converted from `minutes`. `batch` 0 = told apart by its days.
    """

    row: int
    officer_id: int
    unit_path: str
    staff_number: str
    title: str
    kind: str
    category: str
    starts_on: datetime.date
    ends_on: datetime.date
    batch: int
    organiser: str
    hours: Decimal | None
    minutes: int
    days: Decimal
    score: Decimal | None
    result: str
    evidence: str
    note: str

    def said(self) -> dict[str, Any]:
        """What the row says, as it is kept and compared."""
        return {
            "category": self.category,
            "organiser": self.organiser,
            "hours": None if self.hours is None else figure(self.hours),
            "minutes": self.minutes,
            "days": figure(self.days),
            "score": None if self.score is None else figure(self.score),
            "result": self.result,
            "evidence": self.evidence,
            "note": self.note,
            "batch": self.batch,
        }

    @property
    def digest(self) -> str:
        """What makes the row itself: the person, the thing, its days."""
        return _digest(self.officer_id, self.title, self.kind, self.starts_on, self.ends_on, self.batch)

    @property
    def group(self) -> str:
        """The class (of one year) or the meeting it belongs to."""
        when: object = self.starts_on.year if is_class(self.kind) else self.starts_on
        return _digest(self.title, self.kind, when, self.organiser)


def figure(value: Decimal) -> str:
    """A number as text, the same however it was typed: 8, 8.0 and 8.00 are "8"."""
    return format(value.normalize(), "f")


def _digest(*parts: object) -> str:
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The names of what two readings of one row say differently."""
    return [name for name in new if old.get(name) != new[name]]
