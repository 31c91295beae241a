"""Setting rest days: one's own, and those of a unit's rota. Each can be taken back."""

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from courses.drills.models import RestDay
from courses.drills.permissions.standing import may_set_rest
from courses.drills.rules import streaks
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "drills"


class RestRefused(Exception):
    """Nothing was saved; the text says why. `code`: own, past, far, many, span, unit."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def set_own(*, day: datetime.date, reason: str, by: Actor, at: datetime.datetime) -> RestDay:
    """A rest day of one's own, from today on, at most ten a month. Raises RestRefused (own, past, far, many)."""
    if by.officer_id is None:
        raise RestRefused("own", _("This account stands for nobody of the roster."))
    with transaction.atomic():
        officer = Officer.objects.select_for_update(no_key=True).get(pk=by.officer_id)
        have = RestDay.objects.filter(officer=officer, on__year=day.year, on__month=day.month)
        days = list(have.exclude(on=day).values_list("on", flat=True))
        fault = streaks.own_fault(
            day, today=day_of(at), set_already=Counter((one.year, one.month) for one in days)
        )
        if fault:
            raise RestRefused(fault, _faults()[fault])
        told = {"reason": reason.strip()[:60], "by_name": by.name, "at": at}
        return RestDay.objects.get_or_create(officer=officer, on=day, defaults=told)[0]


def _faults() -> dict[str, str]:
    most = {"most": streaks.OWN_A_MONTH, "days": streaks.OWN_AHEAD}
    return {
        "past": _("A rest day is set for today or a day to come."),
        "far": _("A rest day lies at most %(days)s days ahead.") % most,
        "many": _("You have set %(most)s rest days in that month already.") % most,
    }


def set_for_unit(
    *,
    unit: Unit,
    first: datetime.date,
    last: datetime.date,
    every: int,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> int:
    """Rest days for a unit and all below it, each `every`-th day of a span. Days set already stay.

    Returns how many are new. Raises RestRefused (unit, span).
    """
    if not may_set_rest(by, unit.path):
        raise RestRefused("unit", _("You do not look after this unit."))
    try:
        days = streaks.rota(first, last, every=every)
    except ValueError:
        most = {"days": streaks.MOST_AT_ONCE}
        raise RestRefused(
            "span", _("The last day comes after the first, at most %(days)s days.") % most
        ) from None
    with transaction.atomic():
        made = _new(unit, days, reason, by, at)
        if made:
            said = {"first": f"{first}", "last": f"{last}", "every": f"{every}", "days": f"{made}"}
            audit.record(stream=STREAM, action="rest_set", by=by, at=at, subject=unit, **said)
    return made


def _new(unit: Unit, days: Sequence[datetime.date], reason: str, by: Actor, at: datetime.datetime) -> int:
    before = RestDay.objects.filter(unit=unit).count()
    RestDay.objects.bulk_create(
        [RestDay(unit=unit, on=day, reason=reason.strip()[:60], by_name=by.name, at=at) for day in days],
        ignore_conflicts=True,
    )
    return RestDay.objects.filter(unit=unit).count() - before


def withdraw(*, rest: RestDay, by: Actor, at: datetime.datetime) -> None:
    """Take back a rest day that is not past: one's own, or one of a unit one looks after. Raises RestRefused."""
    if rest.unit is None:
        if rest.officer_id != by.officer_id:
            raise RestRefused("own", _("This is somebody else's rest day."))
    elif not may_set_rest(by, rest.unit.path):
        raise RestRefused("unit", _("You do not look after this unit."))
    if rest.on < day_of(at):
        raise RestRefused("past", _("A day that is past stays as it was."))
    with transaction.atomic():
        if rest.unit is not None:
            audit.record(
                stream=STREAM, action="rest_withdrawn", by=by, at=at, subject=rest.unit, on=f"{rest.on}"
            )
        rest.delete()
