"""Run beside a site: a regulation in force, somebody who writes law texts and two of the legal section.

Output: one JSON object {"author", "second", "superuser": session keys, "law": address of the law}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianbing.people.rules import Role  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories.library import edition  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

BODY = (
    "## 第一章 总则",
    "第一条 为了加强市容管理，制定本条例。",
    "第二条 流动摊点应当在划定的地点经营。",
    "第三条 违反规定的，处五十元罚款。",
)

if __name__ == "__main__":
    with transaction.atomic():
        made = edition("云汐市摊点管理条例", history=("2020年1月2日 通过",), body=BODY)
        staff = {
            "author": people.staff(Role.LEGAL, name="起草人"),
            "second": people.staff(Role.LEGAL, name="审核人"),
            "superuser": people.staff(Role.TRAINER, name="超级用户", is_superuser=True),
        }
        sessions = {name: session_for(user) for name, user in staff.items()}
    print(json.dumps({**sessions, "law": made.law.get_absolute_url()}))
