"""The tree of units."""

import datetime
from typing import Any

from django.db import transaction

from lianbing.kit import audit
from lianbing.people.models import Appointment, Unit
from lianbing.people.permissions import can_shape
from lianbing.people.queries import day_of, serving_on
from lianbing.people.rules import Actor
from lianbing.people.services.accounts import STREAM


class UnitRefused(Exception):
    """The change is not possible. `code`: taken, not_allowed, not_empty."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def _siblings(parent: Unit | None) -> Any:
    return parent.get_children() if parent else Unit.get_root_nodes()


def add_unit(*, parent: Unit | None, name: str, by: Actor, at: datetime.datetime) -> Unit:
    """A new unit below `parent`, or at the top. Raises UnitRefused when the name is taken there."""
    if by.user_id is not None and not can_shape(by, parent.path if parent else ""):
        raise UnitRefused("not_allowed")
    with transaction.atomic():
        if parent:
            parent = Unit.objects.select_for_update().get(pk=parent.pk)
        if _siblings(parent).filter(name=name, closed_on=None).exists():
            raise UnitRefused("taken")
        unit = parent.add_child(name=name) if parent else Unit.add_root(name=name)
        audit.record(stream=STREAM, action="unit_added", by=by, at=at, subject=unit)
    return unit


def rename_unit(*, unit: Unit, name: str, by: Actor, at: datetime.datetime) -> None:
    """Give a unit another name. Raises UnitRefused when a sibling has it."""
    if not can_shape(by, unit.path):
        raise UnitRefused("not_allowed")
    with transaction.atomic():
        siblings = _siblings(unit.get_parent()).filter(name=name, closed_on=None).exclude(pk=unit.pk)
        if siblings.exists():
            raise UnitRefused("taken")
        before = unit.name
        Unit.objects.filter(pk=unit.pk).update(name=name)
        audit.record(stream=STREAM, action="unit_renamed", by=by, at=at, subject=unit, before=before)


def close_unit(*, unit: Unit, by: Actor, at: datetime.datetime) -> None:
    """Close a unit where nobody serves any more, with everything below it. Raises UnitRefused."""
    if not can_shape(by, unit.path):
        raise UnitRefused("not_allowed")
    today = day_of(at)
    with transaction.atomic():
        serving = Appointment.objects.filter(
            serving_on(today), unit__path__startswith=unit.path, officer__merged_into=None
        )
        if serving.exists():
            raise UnitRefused("not_empty")
        Unit.objects.filter(path__startswith=unit.path, closed_on=None).update(closed_on=today)
        audit.record(stream=STREAM, action="unit_closed", by=by, at=at, subject=unit)
