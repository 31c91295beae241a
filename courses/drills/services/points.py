"""Giving points. The ledger is only appended to; the row of the day holds the cap in one statement.

Runs inside the caller's transaction. Points never enter certification.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import F

from courses.drills.models import DrillAnswer, DrillSet, PointDay, PointEntry
from courses.drills.rules import points
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import day_of

Reason = PointEntry.Reason


def award(
    *, answers: Sequence[DrillAnswer], officer: Officer, unit: Unit | None, at: datetime.datetime
) -> int:
    """Count these newly stored answers as practice and give what they earn. Returns the points given.

    Points belong to the day of receipt, so that no device spreads them over days it makes up; that
    somebody practised belongs to the day the server ruled. An answer that earned before is refused by
    the database.
    """
    days = _count(answers, officer, unit)
    entries = [
        PointEntry(reason=Reason.RIGHT, answer=one, points=worth)
        for one in answers
        if (worth := points.for_answer(right=one.right, point_worthy=one.point_worthy))
    ]
    on = day_of(at)
    return give(entries, days.get(on) or _day(officer, on, unit), at) if entries else 0


def reward_finish(*, drill_set: DrillSet, unit: Unit | None, at: datetime.datetime) -> int:
    """Give what finishing a set earns; a second time is refused by the database. Returns the points given."""
    worth = points.for_finishing(drill_set.kind)
    if not worth:
        return 0
    entry = PointEntry(reason=Reason.FINISHED, drill_set=drill_set, points=worth)
    return give([entry], _day(drill_set.officer, day_of(at), unit), at)


def _count(
    answers: Iterable[DrillAnswer], officer: Officer, unit: Unit | None
) -> dict[datetime.date, PointDay]:
    worthy = [one for one in answers if one.point_worthy]
    right = Counter(one.on for one in worthy if one.right)
    days = {}
    for on, answered in sorted(Counter(one.on for one in worthy).items()):
        days[on] = _day(officer, on, unit)
        PointDay.objects.filter(pk=days[on].pk).update(
            answered=F("answered") + answered, right=F("right") + right[on]
        )
    return days


def _day(officer: Officer, on: datetime.date, unit: Unit | None) -> PointDay:
    fresh = {"unit": unit, "cap": points.CAP}
    return PointDay.objects.get_or_create(officer=officer, on=on, defaults=fresh)[0]


def give(entries: Sequence[PointEntry], day: PointDay, at: datetime.datetime) -> int:
    """Book entries as far as the day has room. Whoever came in between is seen by the update."""
    while True:
        given = points.within([one.points for one in entries], day.cap - day.points)
        total = sum(given)
        if not total:
            return 0
        room = PointDay.objects.filter(pk=day.pk, points__lte=F("cap") - total)
        if room.update(points=F("points") + total):
            break
        day.refresh_from_db(fields=["points"])
    for entry, part in zip(entries, given, strict=True):
        entry.officer_id, entry.unit_id, entry.on = day.officer_id, day.unit_id, day.on
        entry.at, entry.points = at, part
    PointEntry.objects.bulk_create([one for one in entries if one.points])
    return total
