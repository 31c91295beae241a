"""Run beside a site: a discipline rule, a squad with two officers, its leader, the legal section, one question.

Output: one JSON object {"legal", "leader", "officer": session keys, "document": its address, "right": an option}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from lianbing.kit import clock  # noqa: E402
from lianbing.library.services import write_document  # noqa: E402
from lianbing.library.services.documents import Content  # noqa: E402
from lianbing.people.rules import SYSTEM, Role  # noqa: E402
from tests.factories import people  # noqa: E402
from tests.factories import question_bank as bank  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

RULES = [f"严禁第{number}种行为，违者依规处理。" for number in range(1, 31)]

if __name__ == "__main__":
    with transaction.atomic():
        squad = people.unit("滨河中队")
        reader = people.officer(squad, name="陈小满")
        people.officer(squad, name="周未阅")
        question = bank.published(stem="先亮证后执法，执法人员不得少于（　）。", explanation="两人以上。")
        content = Content("云汐市执法人员三十严禁", "bans", [("rules", RULES)], {"category": "discipline"})
        document = write_document(content=content, by=SYSTEM, at=clock.now())
        sessions = {
            "legal": session_for(people.staff(Role.LEGAL)),
            "leader": session_for(people.staff(Role.LEADER, unit=squad)),
            "officer": session_for(reader.user),
        }
    right = question.published_version.key["options"][0]
    print(json.dumps({**sessions, "document": document.get_absolute_url(), "right": right}))
