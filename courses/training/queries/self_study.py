"""Self-study that people record themselves (R85): what waits for a trainer, one's own, and what it overlaps."""

import datetime
from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from courses.training.models import AttendanceEvent, RollEntry, Session, Trainee
from courses.training.queries.occupied import LIVE
from courses.training.rules.attendance import HERE, MISSED, State

BY_ONESELF = Q(kind=Session.Kind.SELF_STUDY, batch=None) & Exists(
    RollEntry.objects.filter(session=OuterRef("pk"), method=AttendanceEvent.Method.SELF)
)
"""A session that somebody recorded of themselves alone."""
WAITING = BY_ONESELF & Q(state=Session.State.OPEN)
_AWAY = [str(state) for state in (*sorted(MISSED), State.MADE_UP)]


def _shown(rows: QuerySet[Session]) -> QuerySet[Session]:
    entries = RollEntry.objects.select_related("officer")
    return rows.select_related("unit", "category").prefetch_related(
        Prefetch("roll_entries", queryset=entries, to_attr="on_roll")
    )


def of_officers(officers: Collection[int]) -> QuerySet[Session]:
    """What one recorded of oneself (under these records), the latest first. Two statements."""
    mine = RollEntry.objects.filter(session=OuterRef("pk"), officer__in=officers)
    return _shown(Session.objects.filter(BY_ONESELF, Exists(mine))).order_by("-starts_at", "-pk")


def waiting_in(paths: Sequence[str], *, but: int | None = None) -> QuerySet[Session]:
    """What waits for a trainer over these units, the oldest first; `but`: one's own, which others decide."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(unit__path__startswith=path)
    rows = Session.objects.filter(WAITING, inside)
    if but is not None:
        rows = rows.exclude(roll_entries__officer=but)
    return _shown(rows).order_by("created_at", "pk")


def overlapping(
    officers: Collection[int], begin: datetime.datetime, end: datetime.datetime
) -> QuerySet[Session]:
    """The sessions in this time at which one of these was, is expected, or studied by oneself."""
    entry = RollEntry.objects.filter(session=OuterRef("pk"), officer__in=officers)
    enrolled = Trainee.objects.filter(batch=OuterRef("batch"), officer__in=officers).exclude(
        state=Trainee.State.WITHDRAWN
    )
    there = Exists(entry.exclude(state__in=_AWAY)) | (Exists(enrolled) & ~Exists(entry))
    return _in_time(Session.objects.filter(LIVE), begin, end).filter(there)


def _in_time(rows: QuerySet[Session], begin: datetime.datetime, end: datetime.datetime) -> QuerySet[Session]:
    """Those of these sessions that were held, or are planned, in this time."""
    return rows.alias(
        begun=Coalesce(F("held_from"), F("starts_at")), done=Coalesce(F("held_to"), F("ends_at"))
    ).filter(begun__lt=end, done__gt=begin)


def counted_twice(
    session: Session, officers: Collection[int], begin: datetime.datetime, end: datetime.datetime
) -> list[str]:
    """Who of these would have the same minutes from two closed sessions, of which one is self-study. Names.

    One statement.
    """
    others = _in_time(Session.objects.filter(state=Session.State.CLOSED), begin, end).exclude(pk=session.pk)
    if session.kind != Session.Kind.SELF_STUDY:
        others = others.filter(kind=Session.Kind.SELF_STUDY)
    rows = RollEntry.objects.filter(
        officer__in=officers,
        session__in=others,
        minutes__gt=0,
        state__in=[str(state) for state in HERE],
    )
    return sorted(set(rows.order_by().values_list("officer__name", flat=True)))
