"""Reading closed periods."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.training.models import PeriodLock
from courses.training.rules.periods import period_words


def active(first: datetime.date, last: datetime.date) -> list[PeriodLock]:
    """The closed periods that touch these days (both included), with their units. One statement."""
    rows = PeriodLock.objects.filter(lifted_at=None, first__lte=last, last__gte=first)
    return list(rows.select_related("unit").order_by("first", "pk"))


def closes(lock: PeriodLock, on: datetime.date, unit_path: str) -> bool:
    """Whether a lock closes a day for the unit with this path ("" = nowhere: the bureau's own locks only)."""
    if not lock.first <= on <= lock.last:
        return False
    return lock.unit is None or (unit_path != "" and unit_path.startswith(lock.unit.path))


def lock_on(first: datetime.date, last: datetime.date, unit_path: str) -> PeriodLock | None:
    """The first lock that closes any of these days for a unit, or None. One statement."""
    for lock in active(first, last):
        if lock.unit is None or (unit_path and unit_path.startswith(lock.unit.path)):
            return lock
    return None


def lock_words(lock: PeriodLock) -> str:
    """A lock in words: the period and the unit."""
    unit = lock.unit.name if lock.unit else _("the whole bureau")
    return f"{period_words(lock.first, lock.last)} · {unit}"


def all_locks() -> QuerySet[PeriodLock]:
    """Every lock there is or was, the latest first, with its unit."""
    return PeriodLock.objects.select_related("unit").order_by("-first", "-pk")
