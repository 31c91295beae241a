"""What units held, by which rules about units are judged, and how often each category was taught."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import Min, Q
from django.utils import timezone

from courses.training.models import RollEntry, Session, TrainingClass
from courses.training.queries.attended import COUNTED
from courses.training.queries.study_rules import Applied, midnight
from courses.training.rules import study
from lianbing.people.models import Appointment
from lianbing.people.queries import serving_on


@dataclass(frozen=True)
class Held:
    """A meeting or a class that was held: the event, the organising unit, and the class it belongs to."""

    event: study.Event
    unit_path: str
    session: int | None
    training_class: int | None


@dataclass(frozen=True)
class UnitRow:
    """Where one unit stands by one rule."""

    applied: Applied
    unit_path: str
    standing: study.Standing


def held(first: datetime.date, last: datetime.date) -> list[Held]:
    """Every closed session and every class of one's own that took place on these days. Two statements.

    A class counts on the day of its first closed session; one without sessions (of former years) on its
    last day once it is finished. Its minutes are those of its sessions in these days.
    """
    sessions = _sessions(first, last)
    minutes: Counter[int] = Counter()
    for one in sessions:
        if one.training_class is not None:
            minutes[one.training_class] += one.event.minutes
    return sessions + _classes(first, last, minutes)


def _sessions(first: datetime.date, last: datetime.date) -> list[Held]:
    rows = Session.objects.filter(
        state=Session.State.CLOSED,
        starts_at__gte=midnight(first),
        starts_at__lt=midnight(last + datetime.timedelta(days=1)),
    ).exclude(batch__training_class__origin=TrainingClass.Origin.SUPERIOR)
    fields = ("pk", "starts_at", "ends_at", "held_from", "held_to", "kind", "topic", "category__code")
    more = ("unit__path", "batch__training_class", "batch__training_class__kind", "plan_line__topical")
    found = []
    for pk, begin, end, since, until, kind, topic, code, path, group, group_kind, line in rows.order_by(
        "starts_at", "pk"
    ).values_list(*fields, *more):
        minutes = int(((until or end) - (since or begin)).total_seconds() // 60)
        topical = group_kind == TrainingClass.Kind.TOPICAL or bool(line)
        day = timezone.localtime(begin).date()
        event = study.Event(f"session:{pk}", day, kind, code, minutes, topical, topic=topic)
        found.append(Held(event, path, pk, group))
    return found


def _classes(first: datetime.date, last: datetime.date, minutes: Counter[int]) -> list[Held]:
    closed = Q(batches__sessions__state=Session.State.CLOSED)
    rows = (
        TrainingClass.objects.filter(origin=TrainingClass.Origin.OWN, starts_on__lte=last, ends_on__gte=first)
        .exclude(state__in=(TrainingClass.State.DRAFT, TrainingClass.State.CANCELLED))
        .exclude(kind=TrainingClass.Kind.EXTERNAL)
        .annotate(begun=Min("batches__sessions__starts_at", filter=closed))
        .select_related("category", "unit", "plan_line")
        .order_by("starts_on", "pk")
    )
    found = []
    for row in rows:
        finished = row.state == TrainingClass.State.FINISHED
        day = timezone.localtime(row.begun).date() if row.begun else row.ends_on if finished else None
        if day is None or not first <= day <= last:
            continue
        topical = row.kind == TrainingClass.Kind.TOPICAL or bool(row.plan_line and row.plan_line.topical)
        event = study.Event(
            f"class:{row.pk}",
            day,
            study.CLASS,
            row.category.code,
            minutes[row.pk],
            topical,
            topic=row.topic or row.title,
        )
        found.append(Held(event, row.unit.path, None, row.pk))
    return found


def _took_part(first: datetime.date, last: datetime.date) -> dict[int, set[str]]:
    """The paths of the units whose people attended each closed session. One statement."""
    rows = RollEntry.objects.filter(
        session__state=Session.State.CLOSED,
        session__starts_at__gte=midnight(first),
        session__starts_at__lt=midnight(last + datetime.timedelta(days=1)),
        state__in=COUNTED,
        minutes__gt=0,
    )
    found: dict[int, set[str]] = {}
    for session, path in rows.order_by().values_list("session", "unit__path").distinct():
        found.setdefault(session, set()).add(path)
    return found


def _event(one: Held, rule: study.Rule) -> study.Event:
    """The event as this rule counts it: the sessions of a class are one with it, unless the rule asks for
    certain kinds of sessions."""
    whole = not rule.kinds or study.CLASS in rule.kinds
    if whole and one.training_class is not None:
        return replace(one.event, key=f"class:{one.training_class}")
    return one.event


def unit_rows(rules: Sequence[Applied], on: datetime.date, *, scopes: Sequence[str]) -> list[UnitRow]:
    """Where each unit stands by these rules. Two statements, four where each unit below is asked."""
    if not rules:
        return []
    first = min(one.period.first for one in rules)
    everything = held(first, on)
    each = any(one.row.subject == study.EACH for one in rules)
    parts = _took_part(first, on) if each else {}
    staffed = _staffed(on) if each else []
    rows = []
    for one in rules:
        for path in _units(one, staffed, scopes):
            mine = [_event(h, one.rule) for h in everything if _is_of(h, path, one, parts)]
            rows.append(UnitRow(one, path, study.evaluated(one.rule, one.period, mine, on=on)))
    return rows


def _is_of(one: Held, path: str, rule: Applied, parts: dict[int, set[str]]) -> bool:
    """Whether a meeting is the unit's: organised in its subtree; for each unit below also attended by its people."""
    if one.unit_path.startswith(path):
        return True
    there = parts.get(one.session, ()) if one.session is not None else ()
    return rule.row.subject == study.EACH and any(other.startswith(path) for other in there)


def _units(one: Applied, staffed: Collection[str], scopes: Sequence[str]) -> list[str]:
    if one.row.subject == study.WHOLE:
        return [one.row.unit.path]
    roots = one.audience.units
    return [
        path
        for path in staffed
        if path.startswith(one.row.unit.path)
        and path != one.row.unit.path
        and (not roots or path.startswith(roots))
        and any(path.startswith(scope) for scope in scopes)
    ]


def _staffed(on: datetime.date) -> list[str]:
    """The paths of the open units in which people serve on the day, in the order of the tree."""
    rows = Appointment.objects.filter(serving_on(on), unit__closed_on=None, officer__merged_into=None)
    return list(rows.order_by("unit__path").values_list("unit__path", flat=True).distinct())


def coverage(paths: str | tuple[str, ...], first: datetime.date, last: datetime.date) -> Counter[str]:
    """How many meetings each category code had in these subtrees on these days; a class counts once for each
    category it taught. Two statements."""
    seen = {
        (one.event.category, f"class:{one.training_class}" if one.training_class else one.event.key)
        for one in held(first, last)
        if one.unit_path.startswith(paths)
    }
    return Counter(code for code, _key in seen)
