"""Somebody's own points: today, the week, the streak, the ledger in words."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from courses.drills.models import PointDay, PointEntry
from courses.drills.queries.rest import rests
from courses.drills.rules import points, streaks
from courses.drills.rules.streaks import LOOKED_BACK, State, Streak

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class WeekDay:
    """One day of the week that is shown."""

    on: datetime.date
    state: State
    points: int
    answered: int


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: `today` and `cap` in points, the week day by day, the streak."""

    today: int
    cap: int
    week: list[WeekDay]
    streak: Streak

    @property
    def week_points(self) -> int:
        return sum(day.points for day in self.week)

    @property
    def full(self) -> bool:
        """Whether today gives nothing more."""
        return self.today >= self.cap


def standing_of(officer_id: int, unit_path: str, today: datetime.date) -> Standing:
    """Points, week and streak of an officer on a day. Two statements."""
    first, last = today - LOOKED_BACK * DAY, today + 7 * DAY
    rows = PointDay.objects.filter(officer=officer_id, on__range=(first, last)).order_by()
    days = {row.on: row for row in rows}
    done = {on for on, row in days.items() if streaks.counts(row.answered)}
    resting = rests(officer_id, unit_path, first, last)
    empty = PointDay(points=0, cap=points.CAP, answered=0)
    week = [
        WeekDay(on, state, days.get(on, empty).points, days.get(on, empty).answered)
        for on, state in streaks.week(done=done, rests=resting, today=today)
    ]
    now = days.get(today, empty)
    return Standing(now.points, now.cap, week, streaks.streak(done=done, rests=resting, today=today))


def ledger(officer_id: int) -> QuerySet[PointEntry]:
    """Every entry of somebody's ledger, the newest first, with what it was given for."""
    rows = PointEntry.objects.filter(officer=officer_id).select_related("answer__version", "drill_set")
    return rows.order_by("-at", "-pk")
