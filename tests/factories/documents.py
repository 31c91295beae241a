"""Documents for tests, written and circulated by the services themselves."""

import datetime
import uuid

from lianbing.library.services import write_document
from lianbing.library.services.circulating import Wish, circulate
from lianbing.library.services.documents import Content
from lianbing.people.rules import SYSTEM

AT = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
DUE = datetime.date(2026, 11, 20)
RULES = ("严禁酒后执法。", "严禁粗暴执法。", "严禁收受财物。")


def document(title="测试市执法人员十严禁", slug="", *, publish=True, body=None, **facts):
    """A published document with three rules."""
    facts = {"category": "discipline", "dated": datetime.date(2026, 10, 1)} | facts
    text = [("heading", "总要求"), ("rules", list(RULES))] if body is None else body
    content = Content(title=title, slug=slug or f"d-{uuid.uuid4().hex[:8]}", body=text, facts=facts)
    return write_document(content=content, by=SYSTEM, at=AT, publish=publish)


def circulation(*units, of=None, by=SYSTEM, at=AT, **wish):
    """A circulation to everybody in these units."""
    wish = {"uid": uuid.uuid4(), "due_on": DUE} | wish
    return circulate(document=of or document(), wish=Wish(units=units, **wish), by=by, at=at)
