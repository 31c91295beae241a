"""Run beside a site: `begin` a squad with an officer, HR, another of HR and a leader; or `correct` a score.

Output of `begin`: one JSON object, the session keys of its people and what the journey must name.
"""

import datetime
import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from certificates.ratings.formats.columns import SCORE_COLUMNS, SCORES  # noqa: E402
from certificates.ratings.models import ScoreSource  # noqa: E402
from certificates.ratings.services.scores import import_scores  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.kit.spreadsheets import Sheet  # noqa: E402
from lianbing.people.models import Officer, User  # noqa: E402
from lianbing.people.queries import actor_for  # noqa: E402
from lianbing.people.rules import Role  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

NAME, COLLEAGUE, LABEL = "陈小满", "周不同", "案卷评查得分"


def last_month():
    """The last day of the month before this one."""
    return clock.today().replace(day=1) - datetime.timedelta(days=1)


def score(officer, value):
    """Take over the mark of somebody's case files for the last month; again = corrected."""
    row = {
        "staff_number": officer.staff_number,
        "code": "case_quality",
        "label": LABEL,
        "on": last_month(),
        "value": value,
    }
    cells = [row.get(column.key) for column in SCORE_COLUMNS]
    headings = [column.heading for column in SCORE_COLUMNS]
    hr = actor_for(User.objects.get(name="人事甲"), clock.today())
    report = import_scores(
        sheets=[Sheet(SCORES, [headings, cells])], source=ScoreSource.CASE_QUALITY, by=hr, at=clock.now()
    )
    assert not report.errors, report.errors


def begin():
    """Two officers with marks of their case files, and those who rate them."""
    bureau = people.unit("云汐市城管局")
    squad = people.unit("滨河中队", bureau)
    officer, colleague = (people.officer(squad, name=name) for name in (NAME, COLLEAGUE))
    hr, leader = people.staff(Role.HR, name="人事甲"), people.staff(Role.LEADER, name="局领导")
    score(officer, 70)
    score(colleague, 88)
    return {
        "officer": session_for(officer.user),
        "hr": session_for(hr),
        "leader": session_for(leader),
        "unit": bureau.pk,
        "span": f"monthly_check|{last_month().replace(day=1).isoformat()}",
        "starts_on": last_month().replace(month=1, day=1).isoformat(),
    }


if __name__ == "__main__":
    with transaction.atomic():
        if sys.argv[1] == "begin":
            print(json.dumps(begin()))
        else:
            score(Officer.objects.get(name=NAME), 95)
