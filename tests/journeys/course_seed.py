"""Run beside a site: a law, three questions open to drills, two trainers and a learner.

Output: one JSON object {"author", "second", "learner": session keys}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianbing.people.rules import Role  # noqa: E402
from tests.factories import library, people  # noqa: E402
from tests.factories import question_bank as bank  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

if __name__ == "__main__":
    with transaction.atomic():
        library.edition(
            "云汐市摊点管理条例", body=["第一条 先亮证，后执法。", "第二条 执法人员不得少于两人。"]
        )
        for number in range(1, 4):
            bank.published(stem=f"摊点执法第{number}问：执法人员不得少于（　）。")
        sessions = {
            "author": session_for(people.staff(Role.TRAINER)),
            "second": session_for(people.staff(Role.TRAINER)),
            "learner": session_for(people.officer(people.unit("滨河中队"), name="陈小满").user),
        }
    print(json.dumps(sessions))
