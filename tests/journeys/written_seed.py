"""Run beside a site: an exam of three sections with an attempt just begun, a marker and an exam administrator.

Printed as JSON: what `exam_seed.make` prints, and `marker` and `admin`, signed-in session keys.
"""

import json

from exams.rules.marks import Section
from lianbing.people.rules import Role
from tests.journeys.exam_seed import MINUTE, clock, exams, people, session_for, somebody, transaction

SECTIONS = [
    (Section("单项选择题"), 1),
    (Section("多项选择题", "多选、错选不得分。", rule="half_for_subset"), 1),
    (Section("简答题"), 1),
]


def make():
    """Single choice, multiple choice and short answer, worth 5 each."""
    unit = people.unit("法制中队")
    officer = somebody(unit)
    now = clock.now()
    sitting = exams.sitting(
        unit, opens_at=now - MINUTE, closes_at=now + 600 * MINUTE, title="法制业务考试", pass_mark=6
    )
    versions = [exams.question(kind=kind) for kind in ("single_choice", "multiple_choice", "short_answer")]
    candidate = exams.candidate(sitting, officer, versions, marks="5", sections=SECTIONS)
    return {
        "sitting": str(sitting.uid),
        "attempt": str(exams.attempt(candidate, now).uid),
        "session": session_for(officer.user),
        "name": officer.name,
        "marker": session_for(people.staff(Role.MARKER, unit=unit)),
        "admin": session_for(people.staff(Role.EXAM_ADMINISTRATOR, unit=unit)),
    }


if __name__ == "__main__":
    with transaction.atomic():
        made = make()
    print(json.dumps(made))
