"""On which days somebody rests: by the calendar, by their own word, by the rota of their unit or one above it."""

import datetime
from collections.abc import Callable

from django.db.models import Q, QuerySet

from courses.drills.models import RestDay
from lianbing.library.rules.working_days import is_working
from lianbing.people.models import Unit


def rests(
    officer_id: int, unit_path: str, first: datetime.date, last: datetime.date
) -> Callable[[datetime.date], bool]:
    """Whether this officer rests on a day between two, as a function. One statement."""
    above = [unit_path[:end] for end in range(Unit.steplen, len(unit_path) + 1, Unit.steplen)]
    own = RestDay.objects.filter(Q(officer=officer_id) | Q(unit__path__in=above), on__range=(first, last))
    days = set(own.order_by().values_list("on", flat=True))
    return lambda day: day in days or not is_working(day)


def own_rest_days(officer_id: int, since: datetime.date) -> QuerySet[RestDay]:
    """The rest days somebody set for themselves, from a day on."""
    return RestDay.objects.filter(officer=officer_id, on__gte=since)


def rest_days_of_units(unit_paths: list[str], since: datetime.date) -> QuerySet[RestDay]:
    """The rest days of units in these subtrees, from a day on, by day."""
    inside = Q(pk__in=[])
    for path in unit_paths:
        inside |= Q(unit__path__startswith=path)
    return RestDay.objects.filter(inside, on__gte=since).select_related("unit").order_by("on", "unit__path")
