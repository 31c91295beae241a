"""Paths, reading lists and what they name, for tests; published by the services themselves."""

import datetime
import itertools

from courses.models import Assignment
from courses.rules.audience import Audience
from courses.services import assignments
from lianbing.people.rules import SYSTEM

AT = datetime.datetime(2026, 11, 20, 1, tzinfo=datetime.UTC)
DUE = datetime.date(2026, 12, 1)
_numbers = itertools.count(1)


def draft(kind="list", *, items=1, audience=None, by=SYSTEM, at=AT, **facts):
    """A draft with this many texts to confirm."""
    said = {"title": f"测试学习材料清单{next(_numbers)}", "due_on": DUE} | facts
    given = assignments.Facts(audience=audience or Audience(), **said)
    made = assignments.make(kind=kind, facts=given, by=by, at=at)
    for number in range(1, items + 1):
        add(made, title=f"第{number}项", text="严禁酒后执法。")
    return made


def add(made, *, kind="text", by=SYSTEM, at=AT, **fields):
    """One more item of a draft."""
    fields.setdefault("title", "一项")
    return assignments.add(assignment=made, by=by, at=at, kind=kind, **fields)


def publish(made, by=SYSTEM, at=AT) -> Assignment:
    """Publish a draft."""
    assignments.publish(assignment=made, by=by, at=at)
    made.refresh_from_db()
    return made


def published(kind="list", **facts):
    """A published path or list."""
    return publish(draft(kind, **facts), at=facts.get("at", AT))
