"""Run beside a site: three officers, and today's ten questions of every kind a machine marks.

Output: one JSON object {"officers": session keys, "keys": {version: {part: what is right}}}.
"""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from courses.drills.services import sets  # noqa: E402
from lianbing.kit import clock  # noqa: E402
from lianbing.people.rules import SYSTEM  # noqa: E402
from question_bank import services  # noqa: E402
from question_bank.models import QuestionVersion  # noqa: E402
from question_bank.rules.draft import Draft  # noqa: E402
from tests.factories import kinds, library, people  # noqa: E402
from tests.factories.question_bank import BankFactory  # noqa: E402
from tests.journeys.exam_seed import session_for  # noqa: E402

KINDS = ("multiple_choice", "true_false", "fill_blank", "ordering", "case_analysis", *["single_choice"] * 5)


def _question(bank, place, name):
    one = kinds.of(name)
    body = one.kind.normal(one.content, one.key) | {
        "stem": f"{one.content['stem']}（第{place}题）" if name != "fill_blank" else one.content["stem"]
    }
    body.pop("kind")
    draft = Draft(
        name,
        body,
        explanation="先亮证，再询问。",
        point="执法程序",
        citations=("《云汐市市容条例》第一条",),
    )
    made = services.create_question(bank=bank, draft=draft, by=SYSTEM, at=clock.now())
    services.publish(question=made, by=SYSTEM, at=clock.now())


def _keys(version):
    if version.kind == "case_analysis":
        kept = version.key["parts"]
        return {one["id"]: kept[one["id"]] for one in version.content["parts"]}
    return {"": version.key}


if __name__ == "__main__":
    with transaction.atomic():
        library.edition("云汐市市容条例")
        bank, squad = BankFactory(), people.unit("滨河中队")
        for place, name in enumerate(KINDS, start=1):
            _question(bank, place, name)
        readers = [people.officer(squad, name=name) for name in ("陈小满", "周一鸣", "李望")]
        for reader in readers:
            made = sets.daily(officer=reader, by=people.actor(reader.user), at=clock.now())
        found = QuestionVersion.objects.in_bulk(made.versions)
        sessions = [session_for(reader.user) for reader in readers]
    keys = {pk: _keys(found[pk]) for pk in made.versions}
    print(json.dumps({"officers": sessions, "keys": keys}))
