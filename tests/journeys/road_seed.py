"""Run beside a site: what happens outside the browser on the road to a certificate, step by step.

`bureau` makes a squad with an officer, HR and a leader and prints their sessions; `exam` releases a passed exam and
grants hours; `failed` and `passed` try the short test of a change; `trained` grants hours of remedial training.
"""

import datetime
import json
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from certificates.models import DutyPost  # noqa: E402
from certificates.rules.proposing import Policy  # noqa: E402
from certificates.services import rosters  # noqa: E402
from exams.models import Sitting  # noqa: E402
from exams.services.results import release_results  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.models import Officer  # noqa: E402
from lianbing.people.rules import SYSTEM, Role  # noqa: E402
from tests.factories import certificates, changes, exams, hours, people, qualifying  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

NAME, NUMBER, POST = "陈小满", "J00001", "一线执法岗"
HALF = datetime.timedelta(minutes=30)


def officer():
    """The officer whose road it is."""
    return Officer.objects.get(staff_number=NUMBER)


def bureau():
    """Everybody, the rules in force, and a change that the post must know."""
    root = people.unit("云汐市城市管理综合执法局")
    squad = people.unit("滨河中队", root)
    post = changes.post(POST)
    DutyPost.objects.create(post=post, duty=DutyPost.Duty.ENFORCEMENT)
    user = people.UserFactory(staff_number=NUMBER, name=NAME)
    made = people.officer(squad, post=post, user=user, joined_on=people.LONG_AGO)
    blueprint = exams.blueprint(title="专业法律知识卷")
    exams.sitting(
        squad,
        blueprint=blueprint,
        title="专业法律知识考试",
        opens_at=clock.now() - datetime.timedelta(days=3),
        closes_at=clock.now() - datetime.timedelta(days=2),
        pass_mark=60,
    )
    qualifying.rules(
        policy=Policy(remedial_hours=12),
        probation={"months": 12},
        public_exam={},
        specialist_exam={"papers": (str(blueprint.uid),)},
        hours={"hours": 6},
        no_block={},
    )
    hours.table()
    changes.law_changed([post], questions=3)
    roster = rosters.switch(unit=squad, on=True, by=SYSTEM, at=clock.now())
    staff = {role: people.staff(role, name=name) for role, name in ((Role.HR, "人事"), (Role.LEADER, "局长"))}
    sessions = {role.value: session_for(account) for role, account in staff.items()}
    return {"officer": session_for(user), "pk": made.pk, "roster": str(roster.uid)} | sessions


def exam():
    """The officer has passed the exam of the bureau and sat in class; the results come out."""
    sitting = Sitting.objects.get(title="专业法律知识考试")
    certificates.result(sitting, officer(), "88")
    release_results(sitting=sitting, by=SYSTEM, at=clock.now())
    trained("induction")


def trained(source="remedial"):
    """Six hours in a class-room, today."""
    hours.granted(officer(), source, hours.session(on=clock.today()), at=clock.now())


def failed():
    """The short test about the change, all wrong."""
    changes.tried(officer(), is_right=False, at=clock.now() - HALF)


def passed():
    """The short test once more, all right."""
    changes.tried(officer(), is_right=True, at=clock.now() - HALF)


STEPS = {"bureau": bureau, "exam": exam, "failed": failed, "passed": passed, "trained": trained}

if __name__ == "__main__":
    with transaction.atomic():
        done = STEPS[sys.argv[1]]()
    print(json.dumps(done))
