"""How holders of enforcement certificates stand with changes of law: what was failed, what was passed since.

Two kinds of exams of a change: the short test of change-training (`courses.drills`), and sittings of the
blueprints that the rules name. Set-based; rehearsals and merged records as everywhere.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.urls import reverse

from certificates.queries.outcomes import ABSENT, PASSED, released_candidates
from certificates.rules.proposing import Cause
from courses.drills.models import ChangeTask, DrillSet
from courses.drills.queries.change import LIVE
from courses.drills.rules.change import passes
from courses.queries.audience import among

Causes = dict[int, list[Cause]]


def causes(whose: Mapping[int, int], *, papers: Collection[str], late: bool, on: datetime.date) -> Causes:
    """What each of these people (record -> person) has failed or, with `late`, not passed in time. Three statements.

    What was passed at the first try is no cause. The causes of a person stand in the order in which they arose.
    """
    found: Causes = defaultdict(list)
    for officer, cause in (*_of_tasks(whose, late, on), *_of_exams(whose, papers, late)):
        found[whose[officer]].append(cause)
    return {person: sorted(own, key=_arose) for person, own in found.items()}


def _arose(cause: Cause) -> tuple[bool, str]:
    return (not cause.fails, cause.fails[0].isoformat() if cause.fails else cause.origin)


def _of_tasks(whose: Mapping[int, int], late: bool, on: datetime.date) -> Iterator[tuple[int, Cause]]:
    failed = Q(failed_at__isnull=False)
    overdue = Q(passed_at=None, due_on__lt=on)
    rows = ChangeTask.objects.filter(LIVE, among("officer", whose)).filter(
        failed | overdue if late else failed
    )
    tasks = [row for row in rows.select_related("training").order_by("pk") if row.officer_id in whose]
    failures = _failed_sets([task for task in tasks if task.failed_at])
    url = reverse("drills:changes")
    for task in tasks:
        fails = failures.get((task.officer_id, task.training_id)) or (
            [task.failed_at] if task.failed_at else []
        )
        yield (
            task.officer_id,
            Cause(
                origin=f"change:{task.pk}",
                title=task.training.title,
                fails=tuple(fails),
                passed_at=task.passed_at,
                late=task.passed_at is None and task.due_on < on,
                url=url,
            ),
        )


def _failed_sets(tasks: Iterable[ChangeTask]) -> dict[tuple[int, int], list[datetime.datetime]]:
    """When each try at these tasks was failed, by (officer, training), the oldest first. One statement."""
    officers = {task.officer_id for task in tasks}
    found: dict[tuple[int, int], list[datetime.datetime]] = defaultdict(list)
    if not officers:
        return found
    sure = Count("answers", filter=Q(answers__right=True, answers__guessed=False))
    rows = DrillSet.objects.filter(
        kind=DrillSet.Kind.CHANGE, finished_at__isnull=False, officer__in=officers
    ).annotate(asked=Count("answers"), sure=sure)
    fields = ("officer_id", "source", "finished_at", "sure", "asked")
    for officer, source, finished, right, asked in rows.order_by("finished_at").values_list(*fields):
        if not passes(right=right, asked=asked):
            found[officer, source.get("change")].append(finished)
    return found


@dataclass
class _Tries:
    """What one person did at the exams of one blueprint."""

    title: str = ""
    fails: list[datetime.datetime] = field(default_factory=list)
    passed_at: datetime.datetime | None = None
    absent: bool = False


def _of_exams(whose: Mapping[int, int], papers: Collection[str], late: bool) -> Iterator[tuple[int, Cause]]:
    if not papers:
        return
    tries: dict[tuple[int, str], _Tries] = defaultdict(_Tries)
    rows = (
        released_candidates()
        .filter(among("officer", whose), sitting__blueprint__uid__in=papers)
        .order_by("sitting__released_at", "pk")
        .values_list(
            "officer_id", "sitting__blueprint__uid", "sitting__released_at", "sitting__title", "outcome"
        )
    )
    for officer, paper, released, title, outcome in rows:
        if officer in whose:
            _note(tries[whose[officer], str(paper)], released, title, outcome)
    for (person, paper), one in tries.items():
        missed = late and one.absent and one.passed_at is None
        if one.fails or missed:
            url = reverse("exams:home")
            yield person, Cause(f"exam:{paper}", one.title, tuple(one.fails), one.passed_at, missed, url)


def _note(one: _Tries, released: datetime.datetime, title: str, outcome: str) -> None:
    """One more try, in the order of release."""
    one.title = title
    if outcome == PASSED:
        one.passed_at = released
    elif outcome == ABSENT:
        one.absent = True
    else:
        one.fails.append(released)
