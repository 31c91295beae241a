"""Rows held until the commit, so that two who want the same people, rooms or instructors follow each other.

Whoever grants hours, closes a period or fills somebody's time holds the people. The row of the batch or the
session is held before, never after: two who hold in another order would wait for each other. On SQLite one
writer writes anyway.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from courses.training.models import Instructor, Room
from lianbing.people.models import Officer

Keys = Collection[int] | QuerySet[Any, Any]


def hold_people(officers: Keys) -> None:
    """Hold the rows of these officers. One statement."""
    _hold(Officer, officers)


def hold_things(rooms: Keys, instructors: Keys, people: Keys) -> None:
    """Hold rooms, instructors and people, always in this order. Three statements."""
    _hold(Room, rooms)
    _hold(Instructor, instructors)
    _hold(Officer, people)


def _hold(model: type[Model], keys: Keys) -> None:
    rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))
