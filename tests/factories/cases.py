"""Cases for tests, written and approved by the services themselves."""

import datetime
from dataclasses import replace

from lianbing.library.models import CaseStory
from lianbing.library.rules.cases import CaseText
from lianbing.library.services import cases
from tests.factories.cards import AT, legal, trainer

TEXT = CaseText(
    kind="typical",
    dated=datetime.date(2026, 9, 1),
    title="张某占道摆摊案",
    facts="当事人张某在人行道摆摊。",
    outcome="首次违法并及时改正，不予处罚。",
    lesson="先教育，后处罚。",
)


def text(**changes) -> CaseText:
    """The words of a case, with changes."""
    return replace(TEXT, **changes)


def draft(by=None, at=AT, replaces=None, **changes) -> CaseStory:
    """The draft of a case."""
    return cases.save_draft(text=text(**changes), replaces=replaces, by=by or trainer(), at=at)


def waiting(by=None, at=AT, **changes) -> CaseStory:
    """A case that lies with the legal section."""
    story = draft(by, at, **changes)
    cases.submit(story=story, by=by or trainer(), at=at)
    story.refresh_from_db()
    return story


def approved(at=AT, **changes) -> CaseStory:
    """A case that everybody reads."""
    story = waiting(at=at, **changes)
    return cases.approve(story=story, seen=story.edits, by=legal(), at=at)
