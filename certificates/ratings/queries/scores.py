"""Reading scores from outside: the newest number of each, and everything that stood before it."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from certificates.ratings.models import ImportedScore
from certificates.ratings.queries.records import inside, people_in


def newest() -> QuerySet[Any]:
    """The newest number of every score, withdrawn ones with them; the newest day first."""
    later = ImportedScore.objects.filter(key=OuterRef("key"), number__gt=OuterRef("number"))
    rows = ImportedScore.objects.filter(~Exists(later)).select_related("officer", "unit")
    return rows.order_by("-on", "-pk")


def in_units(paths: Collection[str], day: datetime.date) -> QuerySet[Any]:
    """Of the people who serve in these subtrees on a day, and of these units as a whole."""
    if "" in paths:
        return newest()
    people = people_in(paths, day)
    gone = Q(officer=None) | Q(officer__left_on__lte=day)
    return newest().filter(
        Q(officer__in=people) | Q(officer__merged_into__in=people) | (inside(paths) & gone)
    )


def searched(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose label, code or person has this text."""
    return found.filter(
        Q(label__icontains=text)
        | Q(code__icontains=text)
        | Q(officer__name__icontains=text)
        | Q(officer__staff_number__startswith=text)
        | Q(unit__name__icontains=text)
    )


def history(score: ImportedScore) -> list[ImportedScore]:
    """Every number of this score, the newest first. One statement."""
    return list(ImportedScore.objects.filter(key=score.key).order_by("-number"))
