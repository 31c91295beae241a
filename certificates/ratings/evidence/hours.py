"""Training hours of the ledger: one fact a person, month, kind and category, corrections taken off."""

import calendar
import datetime
from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.ratings.evidence.base import Ask, Found, source
from certificates.ratings.rules.words import Source
from courses.training.models import HourEntry


@source(Source.HOURS)
def hours(ask: Ask) -> Iterator[Found]:
    """The hours of every month asked about, whole months. Kinds: those of the ledger. One statement."""
    first, last = ask.first.replace(day=1), _month_end(ask.last)
    rows = (
        HourEntry.objects.filter(
            Q(earned_on__gte=first, earned_on__lte=last), officer__in=ask.people, recorded_at__lte=ask.at
        )
        .order_by()
        .annotate(month=TruncMonth("earned_on"))
        .values_list("officer_id", "month", "counted_as", "category__code")
        .annotate(sum=Sum("hours"))
    )
    names = {value: str(label) for value, label in HourEntry.Kind.choices}
    for officer, month, kind, category, value in rows.iterator(2000):
        year = urlencode({"year": month.year})
        yield Found(
            Source.HOURS,
            f"hours:{officer}:{month:%Y-%m}:{kind}:{category or ''}",
            _month_end(month),
            value,
            kind=kind,
            officer_id=ask.people[officer],
            label=_("%(kind)s, %(month)s") % {"kind": names[kind], "month": f"{month:%Y-%m}"},
            url=f"{reverse('training:hours')}?{year}",
            extra={
                "category": category or "",
                "staff": f"{reverse('training:hours_person', args=[ask.people[officer]])}?{year}",
            },
        )


def _month_end(day: datetime.date) -> datetime.date:
    return datetime.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
