"""A rehearsal's own exam, made through the same services as a real one, and its removal afterwards.

Everything hangs on one sitting tagged `is_rehearsal`: a unit, a bank with questions, a blueprint and
accounts of its own. Nothing of it is counted anywhere, and `purge` takes all of it away. What stays is
the audit trail: that a rehearsal was held is itself a fact.
"""

import datetime
import random
import secrets
from dataclasses import dataclass
from decimal import Decimal

from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.hashers import make_password
from django.db import transaction

from exams.models import (
    AnswerEvent,
    Attempt,
    Blueprint,
    Candidate,
    MarkingTask,
    MarkRecord,
    Paper,
    Sitting,
    VersionUse,
    WrittenMark,
)
from exams.rules.marks import Section
from exams.services.papers import freeze_papers
from exams.services.setting import LineDraft, SectionDraft, save_blueprint, save_sitting
from lianbing.kit import append_only, audit
from lianbing.people.models import Appointment, Officer, Post, Unit, User
from lianbing.people.rules import Actor
from question_bank.models import KnowledgePoint, Question, QuestionBank, QuestionVersion
from question_bank.rules.draft import Draft
from question_bank.services import create_question, make_bank, publish

KINDS = (("single_choice", 4, 1), ("multiple_choice", 4, 2), ("true_false", 2, 1))
RULES = {"single_choice": "exact", "multiple_choice": "half_for_subset", "true_false": "exact"}
MARKS = Decimal(2)
HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Stage:
    """A rehearsal that is set up: the sitting, and (staff number, password) of everybody invited."""

    sitting: Sitting
    people: list[tuple[str, str]]


def prepare(*, candidates: int, items: int, by: Actor, at: datetime.datetime) -> Stage:
    """Make the exam, open now for three hours, with a frozen paper of `items` questions for everybody.

    `candidates` and `items` are at least 1. All or nothing.
    """
    tag = f"rehearsal-{secrets.token_hex(4)}"
    with transaction.atomic():
        unit = Unit.add_root(name=tag)
        people = _people(unit, tag, candidates, at)
        blueprint = _blueprint(tag, items, by, at)
        sitting = save_sitting(
            values={
                "title": tag,
                "blueprint": blueprint,
                "unit": unit,
                "opens_at": at - HOUR,
                "closes_at": at + 3 * HOUR,
                "duration_minutes": 120,
                "pass_mark": MARKS,
            },
            units=[unit],
            posts=[],
            by=by,
            at=at,
            is_rehearsal=True,
        )
        freeze_papers(sitting=sitting, by=by, at=at)
    return Stage(sitting, people)


def _people(unit: Unit, tag: str, count: int, at: datetime.datetime) -> list[tuple[str, str]]:
    post, _ = Post.objects.get_or_create(name=tag)
    made = [(f"{tag}-{n:04}", secrets.token_hex(8)) for n in range(1, count + 1)]
    users = User.objects.bulk_create(
        User(
            staff_number=number,
            name=number,
            password=make_password(password, hasher="one_time_code"),
            is_rehearsal=True,
        )
        for number, password in made
    )
    officers = Officer.objects.bulk_create(
        Officer(user=user, staff_number=user.staff_number, name=user.name, category="officer")
        for user in users
    )
    Appointment.objects.bulk_create(
        Appointment(
            officer=one,
            unit=unit,
            post=post,
            starts_on=at.date() - datetime.timedelta(days=2),
            recorded_at=at,
        )
        for one in officers
    )
    return made


def _blueprint(tag: str, items: int, by: Actor, at: datetime.datetime) -> Blueprint:
    bank = make_bank(slug=tag, name=tag, by=by, at=at)
    KnowledgePoint.objects.create(name=tag, cites_none=True)
    chance = random.Random(tag)
    counts: dict[str, int] = {}
    for number in range(items):
        kind, options, right = KINDS[number % len(KINDS)]
        draft = Draft.of_choice(
            kind,
            stem=f"{tag}: {number + 1}",
            options=("正确", "错误") if kind == "true_false" else tuple(f"{n + 1}" for n in range(options)),
            right=tuple(chance.sample(range(options), right)),
            point=tag,
        )
        publish(question=create_question(bank=bank, draft=draft, by=by, at=at), by=by, at=at)
        counts[kind] = counts.get(kind, 0) + 1
    sections = [
        SectionDraft(Section(kind, rule=RULES[kind]), [LineDraft(None, kind, count, MARKS)])
        for kind, count in counts.items()
    ]
    return save_blueprint(title=tag, bank=bank, sections=sections, by=by, at=at, is_rehearsal=True)


def purge(*, sitting: Sitting, by: Actor, at: datetime.datetime) -> None:
    """Take a rehearsal away, official rows included: the one audited purge of whole attempts.

    One transaction with the guards lifted inside it, so that a failure leaves both rows and guards.
    Raises ValueError for a sitting that is no rehearsal.
    """
    if not sitting.is_rehearsal:
        raise ValueError("only a rehearsal may be purged")
    with transaction.atomic(), append_only.lifted():
        candidates = Candidate.objects.filter(sitting=sitting)
        officers = list(candidates.values_list("officer_id", flat=True))
        _purge_attempts(sitting)
        Paper.objects.filter(candidate__sitting=sitting).delete()
        VersionUse.objects.filter(sitting=sitting).delete()
        candidates.delete()
        audit.record(stream="exams", action="rehearsal_purged", by=by, at=at, subject=sitting)
        blueprint, unit = sitting.blueprint, sitting.unit
        sitting.delete()
        blueprint.delete()
        _purge_bank(blueprint.bank)
        _purge_people(officers, unit)


def _purge_attempts(sitting: Sitting) -> None:
    attempts = Attempt.objects.filter(candidate__sitting=sitting)
    chosen = list(attempts.values_list("pk", flat=True))
    for start in range(0, len(chosen), 500):
        some = chosen[start : start + 500]
        WrittenMark.objects.filter(task__attempt_id__in=some).delete()
        MarkingTask.objects.filter(attempt_id__in=some).delete()
        MarkRecord.objects.filter(attempt_id__in=some).delete()
        AnswerEvent.objects.filter(attempt_id__in=some)._raw_delete(AnswerEvent.objects.db)
    attempts.delete()


def _purge_bank(bank: QuestionBank) -> None:
    questions = Question.objects.filter(bank=bank)
    questions.update(state=Question.State.RETIRED, published_version=None, latest=None)
    QuestionVersion.objects.filter(question__bank=bank).delete()
    questions.delete()
    KnowledgePoint.objects.filter(name=bank.slug).delete()
    bank.delete()


def _purge_people(officers: list[int], unit: Unit) -> None:
    posts = set(Appointment.objects.filter(unit=unit).values_list("post_id", flat=True))
    Appointment.objects.filter(unit=unit).delete()
    for start in range(0, len(officers), 500):
        found = Officer.objects.filter(pk__in=officers[start : start + 500], user__is_rehearsal=True)
        users = list(found.values_list("user_id", flat=True))
        names = list(found.values_list("staff_number", flat=True))
        found.delete()
        User.objects.filter(pk__in=users).delete()
        AccessLog.objects.filter(username__in=names).delete()
        AccessAttempt.objects.filter(username__in=names).delete()
    Post.objects.filter(pk__in=posts, name__startswith="rehearsal-", appointments=None).delete()
    Unit.objects.filter(pk=unit.pk).delete()


def purge_left_overs(*, by: Actor, at: datetime.datetime) -> int:
    """Take away what rehearsals that were cut short left behind (their sitting is over). Returns how many."""
    left = list(
        Sitting.objects.filter(is_rehearsal=True, closes_at__lt=at).select_related("blueprint", "unit")
    )
    for sitting in left:
        purge(sitting=sitting, by=by, at=at)
    return len(left)
