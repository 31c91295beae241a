"""Hours for online courses: from the news that one was completed."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from courses.models import CourseEdition
from courses.training.models import HourEntry
from courses.training.rules.conversion import Activity, Form
from courses.training.services.hours import grant
from courses.training.services.locks import PeriodLocked
from lianbing.people.queries import day_of
from lianbing.people.rules import SYSTEM


def record_completion(*, payload: dict[str, Any], at: datetime.datetime) -> list[HourEntry]:
    """The hours of one completed course, once however often the news comes.

    Where the day of completion was closed before the news arrived, they are dated today and say so: a
    completion is never lost and a closed period never changes. Raises PeriodLocked where today is closed.
    """
    on = datetime.date.fromisoformat(payload["on"])
    try:
        return _grant(payload, on, "", at)
    except PeriodLocked:
        if on == day_of(at):
            raise
        reason = _("Completed on %(day)s, in a period closed since.") % {"day": on.isoformat()}
        return _grant(payload, day_of(at), reason, at)


def _grant(payload: dict[str, Any], on: datetime.date, reason: str, at: datetime.datetime) -> list[HourEntry]:
    edition = CourseEdition.objects.get(pk=payload["edition"])
    activity = Activity(
        Form.ONLINE, on, on, minutes=payload["minutes"], test_passed=bool(payload["test_passed"])
    )
    return grant(
        officer=payload["officer"],
        source=f"course:{payload['enrolment']}",
        activity=activity,
        title=edition.title,
        category_id=edition.category_id,
        evidence=_("Course completed online, edition %(number)s") % {"number": edition.number},
        reason=reason,
        by=SYSTEM,
        at=at,
    )
