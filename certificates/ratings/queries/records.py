"""Reading honours, sanctions, measures and findings: of units, of people, on a day."""

import datetime
import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from certificates.ratings.models import Record
from certificates.ratings.rules.records import Kind, Standing
from lianbing.people.models import Appointment, Officer
from lianbing.people.queries import place_of, serving_on


def with_standing(day: datetime.date) -> QuerySet[Any]:
    """Every record with how it stands on a day (`standing`), and what a list shows. The newest first."""
    stands = Case(
        When(withdrawal__isnull=False, then=Value(Standing.WITHDRAWN.value)),
        When(on__gt=day, then=Value(Standing.AHEAD.value)),
        When(expires_on__lt=day, then=Value(Standing.LAPSED.value)),
        default=Value(Standing.IN_FORCE.value),
        output_field=CharField(),
    )
    return (
        Record.objects.annotate(standing=stands)
        .select_related("officer", "unit", "leader", "withdrawal")
        .order_by("-on", "-pk")
    )


def inside(paths: Collection[str], prefix: str = "unit__path") -> Q:
    """The condition that a unit lies in one of these subtrees; nothing where there are none."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{prefix}__startswith": path})
    return found


def people_in(paths: Collection[str], day: datetime.date) -> QuerySet[Any]:
    """Ids of whoever serves in these subtrees on a day; a merged record is nobody. A subquery."""
    serving = Appointment.objects.filter(inside(paths), serving_on(day), officer__merged_into=None)
    return serving.order_by().values("officer_id")


def in_units(paths: Collection[str], day: datetime.date) -> QuerySet[Any]:
    """Records of the people who serve in these subtrees on a day, and of these units as a whole.

    Who has left the bureau is found where they served when it was recorded. Somebody who was moved is found
    where they serve now, and nowhere else.
    """
    if "" in paths:
        return with_standing(day)
    people = people_in(paths, day)
    theirs = (
        Q(officer__in=people)
        | Q(officer__merged_into__in=people)
        | (inside(paths) & (Q(officer=None) | Q(officer__left_on__lte=day)))
    )
    return with_standing(day).filter(theirs)


def without_lapsed_measures(
    found: QuerySet[Any], keeping: Collection[str], day: datetime.date
) -> QuerySet[Any]:
    """Of `in_units`, without measures that hold no more where the reader is not of the personnel office."""
    if "" in keeping:
        return found
    over = Q(kind=Kind.MEASURE.value, standing__in=[Standing.LAPSED.value, Standing.WITHDRAWN.value])
    kept = in_units(keeping, day).order_by().values("pk")
    return found.exclude(over & ~Q(pk__in=kept)) if keeping else found.exclude(over)


def of_people(officer_ids: Collection[int], day: datetime.date) -> QuerySet[Any]:
    """What is recorded of these people (ids with those merged into them), and what they answer for."""
    return with_standing(day).filter(Q(officer__in=officer_ids) | Q(leader__in=officer_ids))


def by_uid(uid: uuid.UUID, day: datetime.date) -> Any | None:
    """One record, or None."""
    return with_standing(day).filter(uid=uid).first()


def place_of_record(record: Record, day: datetime.date) -> str:
    """The unit path that decides who sees a record: where the person serves now, else the record's unit."""
    return whereabouts(record.officer, day) or record.unit.path


def whereabouts(officer: Officer | None, day: datetime.date) -> str:
    """The unit path where somebody serves on a day, or served last; of a merged record, of whom it was merged into."""
    return place_of(officer.merged_into or officer, day) if officer else ""


def searched(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose title, document or person has this text."""
    return found.filter(
        Q(title__icontains=text)
        | Q(document_no__icontains=text)
        | Q(officer__name__icontains=text)
        | Q(officer__staff_number__startswith=text)
    )


def holding(day: datetime.date, *, first: datetime.date | None = None) -> QuerySet[Record]:
    """Records that count: not withdrawn, made by `day`; with `first` made or holding on one of the days up to it."""
    found = Record.objects.filter(withdrawal=None, on__lte=day)
    if first is None:
        return found
    return found.annotate(holds_until=Coalesce("expires_on", "on")).filter(holds_until__gte=first)


def kept_officers(ids: Collection[int]) -> dict[int, int]:
    """Record id -> id of the person they were merged into, for those who were. One statement."""
    rows = Officer.objects.filter(pk__in=ids, merged_into__isnull=False)
    return dict(rows.values_list("pk", "merged_into_id"))
