"""The cases of Yunxi: five that everybody reads, one that waits for the legal section."""

import datetime
import json
from typing import Any

from lianbing.kit.demo import Story, chapter
from lianbing.library import ports
from lianbing.library.demo.laws import DATA
from lianbing.library.models import CaseStory
from lianbing.library.rules.cases import CaseText
from lianbing.library.services import cases as writing
from lianbing.people.rules import Role

DAY = datetime.timedelta(days=1)
WRITTEN_DAYS_AGO = 18
QUESTIONS = 2


@chapter(32)
def cases(story: Story) -> None:
    """Write the cases and approve all but the last. Comes after the questions, some of which they ask."""
    author, approver = story.data["actors"][Role.TRAINER], story.data["actors"][Role.LEGAL]
    told = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
    for place, case in enumerate(told):
        at = story.now - (WRITTEN_DAYS_AGO - 2 * place) * DAY
        made = writing.save_draft(text=_text(case, story.today), by=author, at=at)
        writing.submit(story=made, by=author, at=at)
        if place < len(told) - 1:
            made = CaseStory.objects.get(pk=made.pk)
            writing.approve(story=made, seen=made.edits, by=approver, at=at + DAY)


def _text(told: dict[str, Any], today: datetime.date) -> CaseText:
    source = ports.check_source()
    offered = source.offer(told["words"])[:QUESTIONS] if source else []
    return CaseText(
        kind=told["kind"],
        dated=today - told["days_ago"] * DAY,
        title=told["title"],
        facts=told["facts"],
        outcome=told["outcome"],
        lesson=told["lesson"],
        basis=told["basis"],
        cards=tuple(told["cards"]),
        questions=tuple(one.key for one in offered),
    )
