"""Which statements are in force: published by a day, and not yet followed by a newer one."""

import datetime

from django.utils import timezone

from certificates.ratings.models import Period, PeriodEvent, Statement
from certificates.ratings.state import Act


def end_of(day: datetime.date) -> datetime.datetime:
    """The first moment after a day of the bureau."""
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))


def in_force(day: datetime.date | None = None, **of: object) -> dict[int, int]:
    """period id -> id of its newest statement published by the end of `day` (None = by now). One statement.

    `of` narrows the events, as a filter would (period__scheme=..., period__kind=...).
    """
    rows = PeriodEvent.objects.filter(kind=Act.PUBLISHED, **of)
    if day is not None:
        rows = rows.filter(at__lt=end_of(day))
    return dict(rows.order_by("pk").values_list("period_id", "statement_id"))


def statement_on(period: Period, day: datetime.date) -> Statement | None:
    """The statement of a period as anybody read it at the end of `day`; None before the first was published."""
    found = in_force(day, period=period).get(period.pk)
    return Statement.objects.get(pk=found) if found else None
