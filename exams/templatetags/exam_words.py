"""Marks and moments in templates."""

import datetime
from decimal import Decimal

from django import template

from exams import rendering
from exams.rules import scoring

register = template.Library()


@register.filter
def marks(value: Decimal | str | None) -> str:
    """Marks as people write them; nothing for None."""
    return "" if value is None else scoring.marks_text(Decimal(value))


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A moment in the bureau's own time, to the minute; nothing for None."""
    return "" if value is None else rendering.moment(value)
