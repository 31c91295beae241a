"""Reading who is out of the base."""

import datetime
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from certificates.ratings.models import Exclusion
from certificates.ratings.queries.records import people_in


def in_units(paths: Collection[str], day: datetime.date) -> QuerySet[Any]:
    """Exclusions of the people who serve in these subtrees on a day; those that hold or are ahead first."""
    people = people_in(paths, day)
    rows = Exclusion.objects.select_related("officer")
    found = rows if "" in paths else rows.filter(Q(officer__in=people) | Q(officer__merged_into__in=people))
    return found.order_by("-until_on", "-pk")


def holding(found: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    """Of these, those that hold on a day."""
    return found.filter(withdrawn_at=None, from_on__lte=day, until_on__gte=day)
