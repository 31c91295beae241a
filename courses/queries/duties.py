"""Who carries which part-time duty."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.models.duties import DutyHolder, DutyRole
from lianbing.people.models import Unit
from lianbing.people.queries import serving_on


@dataclass(frozen=True)
class DutyFilter:
    """What the list shows: a unit with everything below, a duty, and those of the past too."""

    unit_path: str = ""
    duty: int | None = None
    past: bool = False


def holders(scopes: list[str], on: datetime.date, chosen: DutyFilter) -> QuerySet[DutyHolder]:
    """Holders in these subtrees by unit and duty: today's and coming ones, with `past` the others as well."""
    inside = Q(pk__in=[])
    for path in scopes:
        inside |= Q(unit__path__startswith=path)
    found = DutyHolder.objects.filter(inside, unit__path__startswith=chosen.unit_path)
    if chosen.duty:
        found = found.filter(duty=chosen.duty)
    if not chosen.past:
        found = found.filter(Q(ends_on=None) | Q(ends_on__gt=on), officer__merged_into=None)
    return found.select_related("officer", "duty", "unit")


def open_roles() -> QuerySet[DutyRole]:
    """The duties that may be given."""
    return DutyRole.objects.filter(closed=False)


def codes_of(officer: int, on: datetime.date) -> list[str]:
    """The codes of the duties somebody carries on a day."""
    held = DutyHolder.objects.filter(serving_on(on), officer=officer)
    return sorted(set(held.values_list("duty__code", flat=True)))


def unit_path(pk: int | None, scopes: list[str]) -> str:
    """The path of a unit within these subtrees, "" when there is none."""
    path = Unit.objects.filter(pk=pk).values_list("path", flat=True).first() if pk else None
    return path if path and any(path.startswith(scope) for scope in scopes) else ""
