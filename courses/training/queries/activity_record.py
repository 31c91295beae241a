"""The sessions of a unit in a period, as the lines of its activity record."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from courses.training.models import ActivityReport, HourEntry, RollEntry, Session, SessionFile
from courses.training.models.attendance import AttendanceEvent
from courses.training.rules.attendance import HERE, State
from lianbing.people.models import Unit

HERE_STATES = [str(state) for state in HERE]
UNDER = {
    str(State.LEAVE): "请假",
    str(State.ABSENT): "缺勤",
    str(State.LATE): "迟到",
    str(State.LEFT_EARLY): "早退",
    str(State.MADE_UP): "补训",
}
COUNTED = ("应到", "实到", *UNDER.values())


@dataclass(frozen=True)
class Line:
    """One session as a line of the record: `values` under the headings of `rules.activity_record.COLUMNS`.

    `session` None: a line of a record as it was handed in.
    """

    session: Session | None
    values: dict[str, Any]


def closed_sessions(unit: Unit, first: datetime.date, last: datetime.date) -> list[Session]:
    """The closed sessions of the period that the unit (or one below) organised or whose people stood on the roll."""
    begin, end = (_midnight(first), _midnight(last + datetime.timedelta(days=1)))
    of_ours = RollEntry.objects.filter(session=OuterRef("pk"), unit__path__startswith=unit.path)
    rows = Session.objects.filter(state=Session.State.CLOSED, starts_at__gte=begin, starts_at__lt=end)
    rows = rows.filter(Q(unit__path__startswith=unit.path) | Exists(of_ours))
    return list(
        rows.select_related("unit", "category", "room", "batch__training_class", "roll")
        .prefetch_related("instructors")
        .order_by("starts_at", "pk")
    )


def lines(unit: Unit, first: datetime.date, last: datetime.date) -> list[Line]:
    """The record of a unit and everything below it: the unit's own people are counted. Six statements."""
    sessions = closed_sessions(unit, first, last)
    keys = [session.pk for session in sessions]
    people = _people(keys, unit.path)
    methods, files = _methods(keys), _files(keys)
    hours = _hours(sessions, unit.path)
    found = []
    for number, session in enumerate(sessions, start=1):
        values = {
            **_what(session),
            **people[session.pk],
            "序号": number,
            "签到方式": "、".join(methods[session.pk]),
            "照片数": files.get(session.pk, 0),
            "学时": hours.get(str(session.uid), Decimal(0)),
        }
        found.append(Line(session, values))
    return found


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _minutes(begin: datetime.datetime | None, end: datetime.datetime | None) -> int:
    return int((end - begin).total_seconds() // 60) if begin and end else 0


def _what(session: Session) -> dict[str, Any]:
    roll = getattr(session, "roll", None)
    taught = session.batch.training_class if session.batch else None
    return {
        "日期": timezone.localtime(session.starts_at).date(),
        "组织单位": session.unit.name,
        "形式": str(session.get_kind_display()),
        "类型": str(session.category.get_main_display()),
        "内容类别": session.category.name,
        "主题": session.topic,
        "材料": session.material,
        "授课人": "、".join(one.name for one in session.instructors.all()),
        "地点": session.room.name if session.room else session.place,
        "计划分钟": _minutes(session.starts_at, session.ends_at),
        "实际分钟": _minutes(session.held_from, session.held_to),
        "笔记数": roll.notes_count if roll else 0,
        "记录人": (session.recorder or {}).get("name", ""),
        "审核人": (session.checker or {}).get("name", ""),
        "备注": taught.title if taught else session.note,
    }


def _people(keys: Collection[int], path: str) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    rows = RollEntry.objects.filter(session__in=keys, unit__path__startswith=path).order_by()
    counts = rows.values_list("session", "state").annotate(count=Count("pk"))
    for session, state, count in counts:
        found[session]["应到"] += count
        if state in HERE_STATES:
            found[session]["实到"] += count
        if state in UNDER:
            found[session][UNDER[state]] += count
    return found


def _methods(keys: Collection[int]) -> dict[int, list[str]]:
    labels = dict(AttendanceEvent.Method.choices)
    found: dict[int, list[str]] = defaultdict(list)
    rows = RollEntry.objects.filter(session__in=keys).exclude(method="").order_by("session", "method")
    for session, method in rows.values_list("session", "method").distinct():
        found[session].append(str(labels.get(method, method)))
    return found


def _files(keys: Collection[int]) -> dict[int, int]:
    rows = SessionFile.objects.filter(session__in=keys, removed_at=None).order_by().values("session")
    return dict(rows.annotate(count=Count("pk")).values_list("session", "count"))


def _hours(sessions: Collection[Session], path: str) -> dict[str, Decimal]:
    """The hours each session gave the unit's people, corrections taken off."""
    days = [timezone.localtime(session.starts_at).date() for session in sessions]
    found: dict[str, Decimal] = defaultdict(Decimal)
    if not days:
        return found
    rows = HourEntry.objects.filter(unit__path__startswith=path, year__gte=min(days).year)
    for source, countered, replaced, hours in rows.filter(
        Q(source__startswith="session:") | Q(counters__isnull=False) | Q(replaces__isnull=False)
    ).values_list("source", "counters__source", "replaces__source", "hours"):
        kind, _mark, rest = (countered or replaced or source).partition(":")
        if kind == "session":
            found[rest.partition(":")[0]] += hours
    return found


def totals(found: Collection[Line]) -> dict[str, Any]:
    """The sums of a record."""
    return {
        "场次": len(found),
        "总应到": sum(line.values["应到"] for line in found),
        "总实到": sum(line.values["实到"] for line in found),
        "总学时": sum((line.values["学时"] for line in found), Decimal(0)),
    }


def reports_of(scopes: list[str]) -> QuerySet[ActivityReport]:
    """The records due from the units of these subtrees, the latest due first, without what they held."""
    inside = Q(pk__in=[])
    for path in scopes:
        inside |= Q(unit__path__startswith=path)
    return ActivityReport.objects.filter(inside).select_related("unit").defer("lines")
