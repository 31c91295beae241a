"""How periods are called: 2026年第三季度."""

import datetime

from django.utils.translation import gettext as _

from certificates.ratings.rules.words import PeriodKind

MONTHS_BACK = 13
YEARS_BACK = 2


def period_name(kind: str, first: datetime.date) -> str:
    """What people call the period of this kind that begins on `first`."""
    if kind == PeriodKind.MONTHLY:
        return _("%(year)s-%(month)s, month") % {"year": first.year, "month": first.month}
    if kind == PeriodKind.QUARTERLY:
        return _("%(year)s, quarter %(quarter)s") % {
            "year": first.year,
            "quarter": (first.month - 1) // 3 + 1,
        }
    if kind == PeriodKind.MIDYEAR:
        return _("%(year)s, first half") % {"year": first.year}
    return _("Year %(year)s") % {"year": first.year}


def choices(today: datetime.date) -> dict[PeriodKind, list[datetime.date]]:
    """The first days of the periods that begin by `today`, newest first, for each kind: what can be opened."""
    months = [_month(today, back) for back in range(MONTHS_BACK)]
    years = [datetime.date(today.year - back, 1, 1) for back in range(YEARS_BACK)]
    return {
        PeriodKind.QUARTERLY: [first for first in months if first.month in (1, 4, 7, 10)],
        PeriodKind.MONTHLY: months,
        PeriodKind.MIDYEAR: years,
        PeriodKind.ANNUAL: years,
    }


def _month(today: datetime.date, back: int) -> datetime.date:
    number = today.year * 12 + today.month - 1 - back
    return datetime.date(number // 12, number % 12 + 1, 1)
