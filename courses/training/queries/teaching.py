"""The pool of instructors: load, rating; rooms."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from courses.training.models import Instructor, InstructorRating, Session
from courses.training.queries.occupied import LIVE
from courses.training.state import ClassState

FEWEST_FOR_OWN = 3
"""An instructor sees their own average from so many ratings on: with fewer, one could guess who rated."""


@dataclass(frozen=True)
class Load:
    """Hours of teaching planned or held, in a month and in its year."""

    month: Decimal = Decimal(0)
    year: Decimal = Decimal(0)


@dataclass(frozen=True)
class Rating:
    """The average of the stars to one decimal, and of how many; None and 0 when nobody rated."""

    average: Decimal | None = None
    count: int = 0


@dataclass(frozen=True)
class PoolLine:
    """One instructor of the pool with load and rating."""

    instructor: Instructor
    load: Load
    rating: Rating


def pool(*, text: str = "", level: str = "", closed: bool = False) -> QuerySet[Instructor]:
    """The instructors of the pool by name; `text` looks in names, organisations and subjects."""
    rows = Instructor.objects.filter(closed=closed).select_related("unit", "officer")
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(organisation__icontains=text) | Q(subjects__icontains=text)
        )
    if level:
        rows = rows.filter(level=level)
    return rows.order_by("name", "pk")


def lines(instructors: Collection[Instructor], today: datetime.date) -> list[PoolLine]:
    """These instructors with their load in the month and the year of a day, and their rating. Two statements."""
    loads, ratings = loads_of(instructors, today), ratings_of(instructors)
    return [PoolLine(one, loads.get(one.pk, Load()), ratings.get(one.pk, Rating())) for one in instructors]


def loads_of(instructors: Collection[Instructor], today: datetime.date) -> dict[int, Load]:
    """Teaching hours of the month and the year of a day. A cancelled session is no load. One statement."""
    begin = _new_year(today.year)
    end = _new_year(today.year + 1)
    rows = (
        Session.objects.filter(LIVE, instructors__in=instructors, starts_at__gte=begin, starts_at__lt=end)
        .exclude(batch__training_class__state__in=[ClassState.DRAFT, ClassState.CANCELLED])
        .values_list("instructors", "starts_at", "ends_at", "held_from", "held_to")
    )
    month: dict[int, datetime.timedelta] = defaultdict(datetime.timedelta)
    year: dict[int, datetime.timedelta] = defaultdict(datetime.timedelta)
    for who, starts, ends, held_from, held_to in rows:
        length = (held_to - held_from) if held_from and held_to else ends - starts
        year[who] += length
        if timezone.localtime(starts).month == today.month:
            month[who] += length
    return {who: Load(_hours(month[who]), _hours(year[who])) for who in year}


def _new_year(year: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(datetime.date(year, 1, 1), datetime.time()))


def _hours(length: datetime.timedelta) -> Decimal:
    return (Decimal(int(length.total_seconds())) / 3600).quantize(Decimal("0.1"))


def ratings_of(instructors: Collection[Instructor]) -> dict[int, Rating]:
    """The average rating of each of these. One statement."""
    rows = (
        InstructorRating.objects.filter(instructor__in=instructors)
        .order_by()
        .values_list("instructor")
        .annotate(average=Avg("stars"), count=Count("pk"))
    )
    return {
        who: Rating(Decimal(str(average)).quantize(Decimal("0.1")), count) for who, average, count in rows
    }


def comments_of(instructor: Instructor) -> list[tuple[datetime.date, int, str]]:
    """What was said of an instructor, without who said it: day of the session, stars, words."""
    rows = InstructorRating.objects.filter(instructor=instructor).exclude(comment="")
    found = rows.order_by("-session__starts_at", "stars", "comment").values_list(
        "session__starts_at", "stars", "comment"
    )
    return [(timezone.localtime(at).date(), stars, comment) for at, stars, comment in found[:50]]
