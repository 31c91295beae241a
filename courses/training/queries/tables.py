"""Reading conversion tables."""

import datetime
from collections.abc import Sequence

from courses.training.models import ConversionTable


def approved_tables() -> list[ConversionTable]:
    """The approved tables, the latest to hold first. One statement."""
    return list(ConversionTable.objects.exclude(approved_at=None).order_by("-holds_from", "-version"))


def holding(tables: Sequence[ConversionTable], on: datetime.date) -> ConversionTable:
    """The table that holds on a day: the latest of those that hold by then, else the earliest of all."""
    return next((table for table in tables if table.holds_from <= on), tables[-1])


def drafts() -> list[ConversionTable]:
    """The tables that wait for a second person, the latest first."""
    return list(ConversionTable.objects.filter(approved_at=None).order_by("-version"))
