"""Setting up a public quiz: saving it, publishing it with the commitment of its draw, calling it off, giving out codes."""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from exams.contests.models import Quiz, QuizCode, QuizGroup, QuizLine, QuizPrize, QuizStop
from exams.contests.permissions.quiz import may_organise
from exams.contests.queries.quiz import items_in_reach, lines_of, stage_of
from exams.contests.rules import lottery
from exams.contests.rules import quiz as rules
from lianbing.kit import audit
from lianbing.kit.draws import Draw
from lianbing.people.rules import Actor
from lianbing.people.rules.identity import bare_code, new_code
from question_bank.models import KnowledgePoint
from question_bank.queries.drawing import points_below

STREAM = "contests"
MOST_CODES = 20_000
FIELDS = (
    "title",
    "intro",
    "organiser",
    "unit",
    "campaign",
    "bank",
    "uses_drill_pool",
    "opens_at",
    "closes_at",
    "attempts",
    "minutes",
    "certificate_at",
    "reveal",
    "codes_only",
    "target",
    "draw_from",
    "asks_contact",
    "answer_days",
    "contact_days",
)


class QuizRefused(Exception):
    """Nothing was saved; the text says why. `code` names the rule."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True)
class QuizDraft:
    """A quiz as its form gives it: the values of FIELDS, and the rows below it.

    `lines`: (knowledge point or None, count); `groups`: (code, name, people); `prizes`: (name, count).
    """

    values: dict[str, Any]
    lines: Sequence[tuple[KnowledgePoint | None, int]] = field(default=())
    groups: Sequence[tuple[str, str, int]] = field(default=())
    prizes: Sequence[tuple[str, int]] = field(default=())


def _allow(by: Actor, unit_path: str) -> None:
    if not may_organise(by, unit_path):
        raise QuizRefused("not_allowed", _("Only organisers of this unit may do that."))


def save_quiz(*, draft: QuizDraft, by: Actor, at: datetime.datetime, quiz: Quiz | None = None) -> Quiz:
    """Make a quiz, or change one that is not published. Raises QuizRefused (not_allowed, published)."""
    if quiz is not None:
        _allow(by, quiz.unit.path)
    _allow(by, draft.values["unit"].path)
    with transaction.atomic():
        saved = _shell(quiz, by, at)
        for name in FIELDS:
            setattr(saved, name, draft.values[name])
        saved.save()
        _rows(saved, draft)
        audit.record(stream=STREAM, action="quiz_saved", by=by, at=at, subject=saved)
    return saved


def _shell(quiz: Quiz | None, by: Actor, at: datetime.datetime) -> Quiz:
    if quiz is None:
        return Quiz(created_at=at, by_name=by.name)
    held = Quiz.objects.select_for_update().get(pk=quiz.pk)
    if held.published_at is not None:
        raise QuizRefused("published", _("A published quiz is not changed any more."))
    return held


def _rows(quiz: Quiz, draft: QuizDraft) -> None:
    for rows in (quiz.lines, quiz.groups, quiz.prizes):
        rows.all().delete()
    QuizLine.objects.bulk_create(QuizLine(quiz=quiz, point=point, count=n) for point, n in draft.lines)
    QuizGroup.objects.bulk_create(
        QuizGroup(quiz=quiz, code=code, name=name, people=people) for code, name, people in draft.groups
    )
    QuizPrize.objects.bulk_create(QuizPrize(quiz=quiz, name=name, count=n) for name, n in draft.prizes)


def publish(*, quiz: Quiz, by: Actor, at: datetime.datetime) -> Quiz:
    """Publish a quiz for good: from now on the commitment of its draw can be read, and it opens by itself.

    Raises QuizRefused (not_allowed, published, past, lines, prizes, short).
    """
    _allow(by, quiz.unit.path)
    with transaction.atomic():
        held = _shell(quiz, by, at)
        _ready(held, at)
        seed = secrets.token_hex(lottery.SEED_BYTES)
        committed = lottery.commitment(seed)
        Quiz.objects.filter(pk=held.pk, published_at=None).update(
            seed=seed, commitment=committed, published_at=at
        )
        said = {"commitment": committed, "closes_at": held.closes_at.isoformat()}
        audit.record(stream=STREAM, action="quiz_published", by=by, at=at, subject=held, **said)
    held.refresh_from_db()
    return held


def _ready(quiz: Quiz, at: datetime.datetime) -> None:
    if quiz.closes_at <= at:
        raise QuizRefused("past", _("The end of this quiz lies in the past."))
    lines = lines_of(quiz)
    if not lines:
        raise QuizRefused("lines", _("Say first how many questions are asked."))
    if quiz.draw_from is not None and not quiz.prizes.exists():
        raise QuizRefused("prizes", _("There is a prize draw, but no prize yet."))
    try:
        rules.pick(lines, items_in_reach(quiz, at), points_below(), Draw(b"0", "trial"))
    except rules.Short as short:
        raise QuizRefused("short", short_text(short)) from short


def short_text(short: rules.Short) -> str:
    """Which questions are missing, in words."""
    names = dict(KnowledgePoint.objects.values_list("pk", "name"))
    said = [
        _("%(point)s: %(wanted)s wanted, %(there)s there")
        % {
            "point": names.get(line.point or 0, _("any knowledge point")),
            "wanted": line.count,
            "there": there,
        }
        for line, there in short.lines
    ]
    text = _("The bank has not enough questions that may be asked in public. %(lines)s.")
    return text % {"lines": "；".join(said)}


def stop(*, quiz: Quiz, reason: str, by: Actor, at: datetime.datetime) -> QuizStop:
    """Call a published quiz off, for good. Raises QuizRefused (not_allowed, draft, stopped, drawn)."""
    _allow(by, quiz.unit.path)
    stands = stage_of(quiz, at)
    if stands is rules.Stage.DRAFT:
        raise QuizRefused("draft", _("This quiz is not published."))
    if hasattr(quiz, "draw"):
        raise QuizRefused("drawn", _("The prizes are drawn: this quiz is over."))
    try:
        with transaction.atomic():
            made = QuizStop.objects.create(quiz=quiz, reason=reason, at=at, by_name=by.name)
            audit.record(stream=STREAM, action="quiz_stopped", by=by, at=at, subject=quiz, reason=reason)
    except IntegrityError as error:
        raise QuizRefused("stopped", _("This quiz was called off already.")) from error
    return made


def code_digest(code: str) -> str:
    """What is kept of a code: an HMAC, since a code has 55 bits."""
    return salted_hmac("contests.quiz-code", bare_code(code), algorithm="sha256").hexdigest()


def make_codes(*, quiz: Quiz, count: int, by: Actor, at: datetime.datetime) -> list[str]:
    """So many new codes, each for one person; they are shown once and never again.

    Raises QuizRefused (not_allowed, no_codes, many).
    """
    _allow(by, quiz.unit.path)
    if not quiz.codes_only:
        raise QuizRefused("no_codes", _("This quiz asks for no code."))
    if not 1 <= count <= MOST_CODES or quiz.codes.count() + count > MOST_CODES:
        raise QuizRefused("many", _("A quiz has at most %(most)s codes.") % {"most": MOST_CODES})
    codes = sorted({new_code(secrets.choice) for _ in range(count)})
    with transaction.atomic():
        QuizCode.objects.bulk_create(
            [QuizCode(quiz=quiz, digest=code_digest(code)) for code in codes], batch_size=300
        )
        audit.record(stream=STREAM, action="quiz_codes_made", by=by, at=at, subject=quiz, count=len(codes))
    return codes
