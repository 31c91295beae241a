"""Where people served on days of the past."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from lianbing.people.models import Appointment, Unit

Stay = tuple[datetime.date, datetime.date | None, Unit]


def units_by_day(officers: Collection[int]) -> dict[int, list[Stay]]:
    """Every appointment of these people as (first day, first day after, unit). One statement."""
    found: dict[int, list[Stay]] = defaultdict(list)
    rows = Appointment.objects.filter(officer__in=officers).select_related("unit").order_by("starts_on")
    for row in rows:
        found[row.officer_id].append((row.starts_on, row.ends_on, row.unit))
    return dict(found)


def unit_on(places: Mapping[int, Sequence[Stay]], officer_id: int, on: datetime.date) -> Unit | None:
    """Where a person served on a day, from what `units_by_day` gave; None = nowhere."""
    for starts_on, ends_on, unit in places.get(officer_id, ()):
        if starts_on <= on and (ends_on is None or ends_on > on):
            return unit
    return None
