"""Study for tests: rules, and closed sessions with who attended them."""

import datetime

from courses.models import ContentCategory
from courses.training.models import RollEntry, StudyRule
from tests.factories import training

NOON = datetime.time(4, 0)


def at_noon(day):
    """Noon in Shanghai of a day."""
    return datetime.datetime.combine(day, NOON, tzinfo=datetime.UTC)


def rule(unit, **fields):
    """Two professional sessions a month for each person, since January 2026."""
    said = {
        "title": "业务学习",
        "subject": "person",
        "period": "month",
        "count": 2,
        "categories": ["professional"],
        "holds_from": datetime.date(2026, 1, 1),
        "source": "固定学习日",
        "red_days": 10,
    } | fields
    return StudyRule.objects.create(unit=unit, created_at=training.NINE, created_by={}, **said)


def held(unit, day, code="practice", minutes=90, officers=(), state="present", in_batch=None, **fields):
    """A session closed on a day, attended by these officers for all its minutes."""
    made = training.session(
        unit=unit,
        in_batch=in_batch,
        starts_at=at_noon(day),
        minutes=minutes,
        state="closed",
        category=ContentCategory.objects.get(code=code),
        **fields,
    )
    for officer in officers:
        entry(made, officer, state=state, minutes=minutes)
    return made


def entry(session, officer, state="present", minutes=90, **fields):
    """One person on the roll of a session; without minutes unless they were there."""
    there = state in {"present", "late", "left_early", "made_up"}
    return RollEntry.objects.create(
        session=session,
        officer=officer,
        unit=session.unit,
        state=state,
        minutes=minutes if there else 0,
        **fields,
    )
