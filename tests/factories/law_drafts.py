"""Law texts in the editor for tests."""

import datetime

from lianbing.library.models import LawDraft
from lianbing.library.services import ensure_review

BODY = "第一条 为了市容整洁，制定本条例。\n第二条 本条例自2026年12月1日起施行。"


def draft(author, **fields) -> LawDraft:
    """A law text that `author` wrote and saved."""
    facts = {
        "title": "市容条例",
        "published_on": datetime.date(2026, 10, 1),
        "history": "2026年10月1日 市人民代表大会常务委员会通过",
        "body": BODY,
    }
    made = LawDraft.objects.create(**{**facts, **fields}, live=False, has_unpublished_changes=True)
    made.save_revision(user=author)
    return made


def submit(draft: LawDraft, author) -> LawDraft:
    """Hand a text to the legal section, as the editor does."""
    ensure_review().start(draft, author)
    return draft
