"""What the evidence of a year proposes for the periodic review of an enforcement certificate. Pure Python.

Hours, exam and conduct as the province's rules ask for them (domain: yearly check in Hebei; Jiangsu: no
registration without the training hours and a pass). It is a proposal: a person decides.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from certificates.rules.enforcement import ProvinceRules


class Exam(StrEnum):
    """The best a person did in the exams of a year."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    NONE = "none"


class Lack(StrEnum):
    """What is missing for a review to be passed."""

    HOURS = "hours"
    EXAM = "exam"
    CONDUCT = "conduct"


BEST = (Exam.PASSED, Exam.FAILED, Exam.ABSENT, Exam.NONE)


@dataclass(frozen=True)
class Evidence:
    """What is on record of a person's year. `grave`: how many things on record speak against their conduct."""

    hours: Decimal
    exam: Exam
    grave: int


def lacks(evidence: Evidence, rules: ProvinceRules) -> list[Lack]:
    """What is missing under these rules; none = the review is proposed as passed."""
    found = []
    if evidence.hours < rules.review_hours:
        found.append(Lack.HOURS)
    if rules.review_exam and evidence.exam is not Exam.PASSED:
        found.append(Lack.EXAM)
    if rules.review_conduct and evidence.grave:
        found.append(Lack.CONDUCT)
    return found


def review_year(today: datetime.date) -> int:
    """The year a review is about when nobody names one: until the end of March the year before."""
    return today.year - 1 if today.month <= 3 else today.year


def units_must_train(rules: ProvinceRules) -> bool:
    """Whether a unit that ran no training is to be proposed for withdrawal: where no review passes without hours."""
    return rules.review_hours > 0
