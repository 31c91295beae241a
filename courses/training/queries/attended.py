"""What people attended: one row for each closed session in which somebody has minutes that count."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from courses.training.models import RollEntry, Session, TrainingClass
from courses.training.rules.attendance import HERE, State
from lianbing.people.models import Officer

COUNTED = (*(str(state) for state in sorted(HERE)), str(State.MADE_UP))


@dataclass(frozen=True)
class Attended:
    """One person at one closed session. `unit` where they served that day; `on` the day in Shanghai.

    `category` is the code of its content, "" never. `topical`: a session of a topical class (R15).
    `state`: present, late, left_early or made_up (then `minutes` and `on` are those of the make-up, and
    only where no other session counts it). `training_class` None = a session without a batch.
    """

    officer: int
    unit: int
    session: int
    kind: str
    category: str
    topical: bool
    minutes: int
    on: datetime.date
    state: str
    late_by: int
    early_by: int
    training_class: int | None


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def attended(officers: Collection[int] | None, since: datetime.date, until: datetime.date) -> list[Attended]:
    """What these officers (None = everybody) attended from `since` to `until`, both days included.

    Closed sessions only; rows without minutes are left out. Facts of a record that was merged into
    another are told under the record people use now. One statement for the rows, one for the merged.
    """
    pairs = Officer.objects.exclude(merged_into=None).values_list("pk", "merged_into_id")
    merged = {old: now for old, now in pairs if now is not None}
    begin, end = _midnight(since), _midnight(until + datetime.timedelta(days=1))
    held = Q(made_up_on=None, session__starts_at__gte=begin, session__starts_at__lt=end)
    rows = RollEntry.objects.filter(
        held | Q(made_up_on__gte=since, made_up_on__lte=until),
        session__state=Session.State.CLOSED,
        state__in=COUNTED,
        minutes__gt=0,
    )
    if officers is not None:
        wanted = {*officers}
        rows = rows.filter(
            officer__in=wanted | {old for old, now in merged.items() if _now(now, merged) in wanted}
        )
    found = rows.select_related("session__category", "session__batch__training_class").order_by(
        "session__starts_at", "session", "officer"
    )
    return [_row(entry, merged) for entry in found]


def _now(officer: int, merged: dict[int, int]) -> int:
    """The record in use for one that was merged, however often."""
    while officer in merged:
        officer = merged[officer]
    return officer


def _row(entry: RollEntry, merged: dict[int, int]) -> Attended:
    session = entry.session
    taught = session.batch.training_class if session.batch else None
    return Attended(
        officer=_now(entry.officer_id, merged),
        unit=entry.unit_id,
        session=session.pk,
        kind=session.kind,
        category=session.category.code,
        topical=taught is not None and taught.kind == TrainingClass.Kind.TOPICAL,
        minutes=entry.minutes,
        on=entry.made_up_on or timezone.localtime(session.starts_at).date(),
        state=entry.state,
        late_by=entry.late_by,
        early_by=entry.early_by,
        training_class=taught.pk if taught else None,
    )
