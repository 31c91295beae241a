"""Reading external training."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from courses.training.models import External
from courses.training.queries.plans import inside
from courses.training.state import ExternalState


def in_units(paths: Collection[str], state: str = "") -> QuerySet[External]:
    """The records of the people of these units, those waiting for the longest first, then the latest."""
    found = External.objects.filter(inside(paths)).select_related("officer", "unit", "category")
    found = found.annotate(evidence=Count("files"))
    if state == ExternalState.ENTERED:
        return found.filter(state=state).order_by("entered_at", "pk")
    return (found.filter(state=state) if state else found).order_by("-ends_on", "-pk")


def of_officer(officers: Collection[int]) -> QuerySet[External]:
    """The records of a person (all their records), the latest first."""
    found = External.objects.filter(officer__in=officers).select_related("unit", "category")
    return found.annotate(evidence=Count("files")).order_by("-ends_on", "-pk")


def waiting(paths: Collection[str]) -> int:
    """How many records of these units wait to be checked."""
    return External.objects.filter(inside(paths), state=ExternalState.ENTERED.value).count()
