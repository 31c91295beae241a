"""Who leaves the service is taken out of the classes that begin after that, with a word why."""

import datetime
from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext as _

from courses.training.models import Nomination, Trainee
from courses.training.services import nominations
from courses.training.services.locks import PeriodLocked
from courses.training.services.nominations import NominationRefused
from courses.training.services.trainees import EnrolRefused, withdraw
from courses.training.state import CLASS_LIVE
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import SYSTEM


def take_out(*, officers: Collection[int] | None, at: datetime.datetime) -> int:
    """Take those of these officers (None = everybody) who leave out of what has not begun. Returns how many rows.

    A class counts that begins on or after the day from which they serve no more, and not before today. Two
    statements when there is nothing to do.
    """
    return _nominations(officers, at) + _trainees(officers, at)


def _nominations(officers: Collection[int] | None, at: datetime.datetime) -> int:
    rows = Nomination.objects.filter(
        state__in=[str(state) for state in nominations.HOLDING],
        training_class__starts_on__gte=F("officer__left_on"),
        training_class__state__in=list(CLASS_LIVE),
    ).filter(training_class__starts_on__gte=day_of(at))
    if officers is not None:
        rows = rows.filter(officer__in=officers)
    count = 0
    for one in rows.select_related("officer", "training_class"):
        try:
            nominations.take_off(nomination=one, reason=_reason(one.officer), by=SYSTEM, at=at)
        except NominationRefused:  # somebody decided on it a moment ago: the next turn looks again
            continue
        count += 1
    return count


def _trainees(officers: Collection[int] | None, at: datetime.datetime) -> int:
    rows = Trainee.objects.filter(
        state=Trainee.State.ENROLLED,
        batch__starts_on__gte=F("officer__left_on"),
        training_class__state__in=list(CLASS_LIVE),
    ).filter(batch__starts_on__gte=day_of(at))
    if officers is not None:
        rows = rows.filter(officer__in=officers)
    count = 0
    for one in rows.select_related("officer", "batch__training_class"):
        try:
            withdraw(trainee=one, reason=_reason(one.officer), by=SYSTEM, at=at)
        except (EnrolRefused, PeriodLocked):  # somebody else took them out, or finished the class
            continue
        count += 1
    return count


def _reason(officer: Officer) -> str:
    return _("Leaves the service on %(day)s.") % {"day": officer.left_on}
