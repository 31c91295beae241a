"""Cycles of rotation: made and changed by trainers."""

import datetime
from typing import Any

from django.db import transaction

from courses.rules.audience import Audience, to_json
from courses.training.models import RotationCycle
from lianbing.kit import audit
from lianbing.people.rules import Actor

CYCLE_FIELDS = ("title", "unit", "first_year", "years")


def save_cycle(
    *,
    values: dict[str, Any],
    audience: Audience,
    by: Actor,
    at: datetime.datetime,
    cycle: RotationCycle | None = None,
) -> RotationCycle:
    """Make a cycle, or change whom and how long it concerns. Who has been trained follows from the classes."""
    assert set(values) <= set(CYCLE_FIELDS), set(values) - set(CYCLE_FIELDS)
    cycle = cycle or RotationCycle(created_at=at)
    for name, value in values.items():
        setattr(cycle, name, value)
    cycle.audience = to_json(audience)
    with transaction.atomic():
        cycle.save()
        audit.record(stream="training", action="cycle_saved", by=by, at=at, subject=cycle)
    return cycle
