"""Reading for those who mark written answers: what waits, and one answer without a name."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from exams.models import Candidate, MarkingTask, Sitting, WrittenMark
from exams.rules import written
from lianbing.people.models import RoleGrant, Unit
from lianbing.people.queries import serving_on
from lianbing.people.rules import Actor, Role
from question_bank import kinds
from question_bank.queries import versions
from question_bank.rules.contract import Written

WAITING = Q(marking_tasks__marked_at=None)


def sittings_to_mark(
    actor: Actor, at: datetime.datetime, *, unmarked_only: bool = False
) -> QuerySet[Sitting]:
    """Sittings whose written answers this person may mark: over, not released, of their units, not sat by them.

    With `answers`, `waiting` and `papers`: written answers in all, those nobody has marked, papers. Those
    with something left to mark when `unmarked_only`.
    """
    scope = Q(pk__in=[])
    for path in actor.scopes(Role.MARKER):
        scope |= Q(unit__path__startswith=path)
    sat = Candidate.objects.filter(sitting=OuterRef("pk"), officer_id=actor.officer_id or 0)
    found = (
        Sitting.objects.filter(scope, Q(closes_at__lte=at) | Q(closed_early_at__lte=at))
        .filter(papers_frozen_at__isnull=False, released_at=None, marking_tasks__isnull=False)
        .exclude(Exists(sat))
        .annotate(
            answers=Count("marking_tasks"),
            waiting=Count("marking_tasks", filter=WAITING),
            papers=Count("marking_tasks__attempt", distinct=True),
        )
        .order_by("closes_at", "pk")
    )
    return found.filter(waiting__gt=0) if unmarked_only else found


def waiting_at(sitting: Sitting) -> int:
    """How many written answers of a sitting nobody has marked yet."""
    return MarkingTask.objects.filter(sitting=sitting, marked_at=None).count()


def markers_of(sitting: Sitting, on: datetime.date) -> list[str]:
    """Who holds the role of marker over a sitting's unit on a day and is not among its candidates, by name."""
    above = [sitting.unit.path[:end] for end in range(Unit.steplen, len(sitting.unit.path) + 1, Unit.steplen)]
    sat = Candidate.objects.filter(sitting=sitting).values("officer__user_id")
    held = RoleGrant.objects.filter(
        Q(unit=None) | Q(unit__path__in=above), serving_on(on), role=Role.MARKER, user__is_active=True
    ).exclude(user__in=sat)
    return list(held.order_by("user__name").values_list("user__name", flat=True).distinct())


@dataclass(frozen=True)
class Progress:
    """One question (or part of a case) of a sitting: its stem, how many answers, how many marked."""

    stem: str
    total: int
    marked: int


def _texts(task_version: Any, part: str, response: Any) -> Written:
    """What a marker needs of one text: stem, answer, reference, scoring points."""
    kind = kinds.get(task_version.kind)
    found = kind.written(task_version.content, task_version.key, response)
    return next(one for one in found if one.part == part)


def progress(sitting: Sitting) -> list[Progress]:
    """The questions of a sitting that are marked by people, in the order in which they are marked. Two statements."""
    rows = list(
        MarkingTask.objects.filter(sitting=sitting)
        .values("version_id", "part")
        .annotate(total=Count("pk"), marked=Count("marked_at"))
        .order_by("version_id", "part")
    )
    found = versions([row["version_id"] for row in rows])
    return [
        Progress(_texts(found[row["version_id"]], row["part"], []).stem, row["total"], row["marked"])
        for row in rows
    ]


@dataclass(frozen=True)
class Point:
    """A scoring point beside an answer: what to look for, what it is worth here, how far it was met before."""

    id: str
    text: str
    worth: Decimal
    level: str


@dataclass(frozen=True)
class Sheet:
    """One written answer as its marker sees it. Says nothing about who wrote it."""

    task: MarkingTask
    context: str
    stem: str
    text: str
    reference: str
    points: list[Point]
    last: WrittenMark | None
    alike: int


def latest_written(task: MarkingTask) -> WrittenMark | None:
    """The mark of a written answer that counts, or None."""
    return task.given.order_by("-number").first()


def free(at: datetime.datetime) -> Q:
    """Tasks nobody holds at `at`."""
    return Q(claimed_until=None) | Q(claimed_until__lte=at)


def alike(task: MarkingTask, at: datetime.datetime) -> QuerySet[MarkingTask]:
    """Other answers to the same question that say the same, wait, and are held by nobody."""
    return MarkingTask.objects.filter(
        free(at),
        sitting_id=task.sitting_id,
        version_id=task.version_id,
        part=task.part,
        full_marks=task.full_marks,
        fingerprint=task.fingerprint,
        marked_at=None,
    ).exclude(pk=task.pk)


def text_of(task: MarkingTask) -> Written:
    """The answer of a task with what it is marked by. Load `attempt` and `version` with it."""
    return _texts(task.version, task.part, task.attempt.answers.get(str(task.position), []))


def sheet(task: MarkingTask, at: datetime.datetime) -> Sheet:
    """Everything on the marker's page but the candidate. Load `attempt` and `version` with the task."""
    text = text_of(task)
    last = latest_written(task)
    levels: Mapping[str, str] = last.points if last else {}
    worths = written.point_values(text.points, task.full_marks)
    same = alike(task, at).count() if last is None and written.is_short(text.text) else 0
    stem = task.version.content["stem"]
    return Sheet(
        task=task,
        context=stem if stem != text.stem else "",
        stem=text.stem,
        text=text.text,
        reference=text.reference,
        points=[
            Point(one["id"], one["text"], worth, levels.get(one["id"], ""))
            for one, worth in zip(text.points, worths, strict=True)
        ],
        last=last,
        alike=same,
    )


def last_marked(actor: Actor, sitting: Sitting) -> MarkingTask | None:
    """The answer of a sitting this person marked last, or None."""
    mark = (
        WrittenMark.objects.filter(task__sitting=sitting, marker_id=actor.user_id)
        .select_related("task")
        .order_by("-at", "-pk")
        .first()
    )
    return mark.task if mark else None


def written_given(attempt_id: int) -> dict[tuple[int, str], Decimal]:
    """What markers gave an attempt, by (position, part): the latest number of each answer."""
    rows = (
        WrittenMark.objects.filter(task__attempt_id=attempt_id)
        .order_by("task_id", "number")
        .values_list(F("task__position"), F("task__part"), "marks")
    )
    return {(position, part): marks for position, part, marks in rows}
