"""Learning tasks: what is wanted and what is stored are brought to agree, as often as one likes.

Tasks no longer wanted are withdrawn and kept; what was done stays done (R67).
"""

import datetime
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import QuerySet

from courses.models import LearningTask, TaskRound
from courses.queries.assignments import Facts, done, sources
from courses.queries.audience import persons
from courses.rules.assignments import Source, Wanted, wanted
from courses.rules.audience import Person
from lianbing.people.models import Officer
from lianbing.people.queries import day_of

BATCH = 200


def settle(*, officers: Collection[int] | None, at: datetime.datetime) -> int:
    """Bring the tasks of these officers (None = everybody) up to date. Returns how many tasks changed.

    Idempotent. 200 people a transaction, so that nobody waits long for the database; the paths, the people and
    the facts are read once for all.
    """
    today = day_of(at)
    given = sources()
    few = sorted(set(officers)) if officers is not None and len(officers) <= BATCH else None
    people, facts = persons(today, few), done(given, few)
    asked = sorted(set(officers)) if officers is not None else _everybody(people)
    changed = 0
    for start in range(0, len(asked), BATCH):
        some = asked[start : start + BATCH]
        with transaction.atomic():
            changed += _settle(some, given, people, facts, at)
    return changed


def _everybody(people: dict[int, Person]) -> list[int]:
    """Those who serve and those who still have something to do though they serve no more."""
    holding = LearningTask.objects.filter(withdrawn_at=None, done_at=None).order_by()
    return sorted({*people, *holding.values_list("officer", flat=True).distinct()})


def _settle(
    officers: Sequence[int],
    given: Sequence[Source],
    people: dict[int, Person],
    facts: Facts,
    at: datetime.datetime,
) -> int:
    live: dict[int, dict[str, LearningTask]] = {pk: {} for pk in officers}
    for task in _locked(officers):
        live[task.officer_id][task.key] = task
    new: list[LearningTask] = []
    gone: list[int] = []
    changed: list[LearningTask] = []
    today = day_of(at)
    for pk in officers:
        assigned = {key: day_of(task.assigned_at) for key, task in live[pk].items()}
        goal = wanted(given, people.get(pk), assigned, today)
        new += [_new(pk, one, facts, at) for key, one in goal.items() if key not in live[pk]]
        for key, task in live[pk].items():
            if key not in goal and task.done_at is None:
                gone.append(task.pk)
            elif key in goal and _adjust(task, goal[key], facts.get(pk, {}).get(key)):
                changed.append(task)
    LearningTask.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    open_ones = LearningTask.objects.filter(done_at=None, withdrawn_at=None)
    for start in range(0, len(gone), BATCH):
        open_ones.filter(pk__in=gone[start : start + BATCH]).update(withdrawn_at=at)
    LearningTask.objects.bulk_update(
        changed, ["item", "sources", "compulsory", "due_on", "done_at"], batch_size=100
    )
    return len(new) + len(gone) + len(changed)


def _locked(officers: Sequence[int]) -> QuerySet[LearningTask]:
    """Their live tasks, held until the transaction ends: a confirmation meanwhile must not be overwritten."""
    return LearningTask.objects.select_for_update().filter(officer__in=officers, withdrawn_at=None).order_by()


def _new(officer: int, one: Wanted, facts: Facts, at: datetime.datetime) -> LearningTask:
    return LearningTask(
        officer_id=officer,
        key=one.key,
        item_id=one.item,
        sources=list(one.sources),
        compulsory=one.compulsory,
        assigned_at=at,
        due_on=one.due_on,
        done_at=facts.get(officer, {}).get(one.key),
    )


def _adjust(task: LearningTask, one: Wanted, done_at: datetime.datetime | None) -> bool:
    """Make a live task say what is wanted; whether anything changed. What is done stays as it was done."""
    if task.done_at is not None:
        return False
    state = (task.item_id, tuple(task.sources), task.compulsory, task.due_on, task.done_at)
    if state == (one.item, one.sources, one.compulsory, one.due_on, done_at):
        return False
    task.item_id, task.sources, task.compulsory = one.item, list(one.sources), one.compulsory
    task.due_on, task.done_at = one.due_on, done_at
    return True


def mark_stale(*, at: datetime.datetime) -> None:
    """What is published changed: the next turn of the ticker works out everybody's tasks."""
    TaskRound.objects.update_or_create(only=True, defaults={"stale_since": at})


def settle_due(*, at: datetime.datetime) -> int:
    """Work out everybody's tasks once a day, for what becomes effective today, and after every change of what is
    published. One statement when there is nothing to do. Returns how many tasks changed.
    """
    known = TaskRound.objects.filter(only=True).first()
    today = day_of(at)
    if known is not None and known.settled_on == today and known.stale_since is None:
        return 0
    changed = settle(officers=None, at=at)
    if known is None:
        TaskRound.objects.get_or_create(only=True, defaults={"settled_on": today})
    else:
        # A change published meanwhile has another moment and is left for the next turn.
        TaskRound.objects.filter(stale_since=known.stale_since).update(settled_on=today, stale_since=None)
    return changed


def kept(officers: Collection[int]) -> list[int]:
    """These officers, and the records those of them who were merged into another went into."""
    rows = Officer.objects.filter(pk__in=officers, merged_into__isnull=False)
    return sorted({*officers, *(pk for pk in rows.values_list("merged_into", flat=True) if pk)})
