"""Change-training: a change is told once, the posts concerned get a task, a short test settles it (R42, R67)."""

import datetime
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.drills.models import ChangeTask, ChangeTraining, DrillSet
from courses.drills.permissions.change import may_withdraw
from courses.drills.queries import change as queries
from courses.drills.rules import change as rules
from courses.drills.services import sets
from courses.drills.services.answering import DrillRefused
from lianbing.kit import audit
from lianbing.kit.draws import Draw
from lianbing.library.models import CardVersion, LawEdition
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import SYSTEM, Actor
from question_bank.models import Question

STREAM = "drills"
BATCH = 500


class ChangeRefused(Exception):
    """Nothing was changed; the text says why. `code`: own, done, empty, reason, may, gone."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def of_law(
    *, edition: LawEdition, event: str, articles: Collection[int], at: datetime.datetime
) -> ChangeTraining | None:
    """The training that a coming or going of an edition asks for; None where it concerns no post.

    Told twice, it is made once.
    """
    posts = rules.concerned(queries.posts_hit(articles))
    if posts is None:
        return None
    told = {"title": str(edition.law)[:200], "articles": sorted(articles), "posts": posts}
    with transaction.atomic():
        return _made({"edition": edition, "event": event}, told, at)


def of_card(*, version: CardVersion, posts: Sequence[int], at: datetime.datetime) -> ChangeTraining:
    """The training that a new or changed card asks for. What asked about an older version of it ends."""
    told = {"title": version.name[:200], "posts": sorted(posts)}
    with transaction.atomic():
        older = ChangeTraining.objects.filter(
            card_version__card=version.card_id, card_version__number__lt=version.number, withdrawn_at=None
        )
        older.update(withdrawn_at=at, reason=_("A newer version of the card took its place."))
        return _made({"card_version": version}, told, at)


def _made(cause: Mapping[str, object], told: Mapping[str, object], at: datetime.datetime) -> ChangeTraining:
    due_on = day_of(at) + datetime.timedelta(days=rules.DAYS)
    training, new = ChangeTraining.objects.get_or_create(
        **cause, defaults={**told, "made_at": at, "due_on": due_on}
    )
    if new:
        people = _ask(training, queries.officers_of(training.posts, day_of(at)), at)
        audit.record(stream=STREAM, action="change_told", by=SYSTEM, at=at, subject=training, people=people)
    return training


def _ask(training: ChangeTraining, officers: Sequence[int], at: datetime.datetime) -> int:
    due_on = max(training.due_on, day_of(at) + datetime.timedelta(days=rules.DAYS))
    tasks = [ChangeTask(training=training, officer_id=pk, made_at=at, due_on=due_on) for pk in officers]
    ChangeTask.objects.bulk_create(tasks, batch_size=BATCH, ignore_conflicts=True)
    return len(tasks)


@transaction.atomic
def follow_moves(*, officers: Collection[int], at: datetime.datetime) -> None:
    """People serve elsewhere: what their post is not asked ends, what it is asked begins; results stay (R67)."""
    today = day_of(at)
    for training in ChangeTraining.objects.filter(withdrawn_at=None, due_on__gte=today):
        here = queries.officers_of(training.posts, today, among=officers)
        training.tasks.filter(officer__in=here, withdrawn_at__isnull=False).update(withdrawn_at=None)
        _ask(training, here, at)
    for task in ChangeTask.objects.filter(queries.WAITING, officer__in=officers).select_related("training"):
        if not queries.officers_of(task.training.posts, today, among=[task.officer_id]):
            ChangeTask.objects.filter(pk=task.pk, passed_at=None).update(withdrawn_at=at)


def begin(*, task: ChangeTask, by: Actor, at: datetime.datetime) -> DrillSet:
    """The short test of one's task: the one begun, else a new one. Raises ChangeRefused (own, done, gone, empty)."""
    if by.officer_id is None or task.officer_id != by.officer_id:
        raise ChangeRefused("own", _("This is somebody else's task."))
    with transaction.atomic():
        officer = Officer.objects.select_for_update(no_key=True).get(pk=task.officer_id)
        task.refresh_from_db()
        if task.passed_at is not None:
            raise ChangeRefused("done", _("You have passed this test."))
        if task.withdrawn_at is not None or task.training.withdrawn_at is not None:
            raise ChangeRefused("gone", _("This training is not asked of you any more."))
        if task.drill_set is not None and task.drill_set.finished_at is None:
            return task.drill_set
        return _next_try(task, officer, by, at)


def _next_try(task: ChangeTask, officer: Officer, by: Actor, at: datetime.datetime) -> DrillSet:
    questions = queries.questions_on(task.training, at)
    draw = Draw(f"{officer.pk}".encode(), f"change-{task.training_id}-{task.tries}")
    asked = draw.shuffled(questions)[: rules.ASKED]
    versions = Question.objects.filter(pk__in=asked).values_list("published_version", flat=True)
    try:
        made = sets.make(
            officer=officer,
            kind=DrillSet.Kind.CHANGE,
            versions=list(versions),
            title=task.training.title,
            source={"change": task.training_id},
            by=by,
            at=at,
        )
    except DrillRefused as error:
        raise ChangeRefused(
            "empty", _("The questions about this change are not ready yet. You will find them here.")
        ) from error
    ChangeTask.objects.filter(pk=task.pk).update(drill_set=made, tries=F("tries") + 1)
    return made


def withdraw(*, training: ChangeTraining, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Ask nobody any more; what was passed stays. Raises ChangeRefused (may, reason, gone)."""
    if not may_withdraw(by):
        raise ChangeRefused("may", _("Only trainers and HR of the whole bureau do that."))
    reason = reason.strip()
    if not reason or len(reason) > 200:
        raise ChangeRefused("reason", _("Say why, in at most 200 characters."))
    with transaction.atomic():
        mine = ChangeTraining.objects.filter(pk=training.pk, withdrawn_at=None)
        if mine.update(withdrawn_at=at, withdrawn_by=by.name[:50], reason=reason) != 1:
            raise ChangeRefused("gone", _("This training was withdrawn already."))
        audit.record(stream=STREAM, action="change_withdrawn", by=by, at=at, subject=training, reason=reason)
