"""Taking a public quiz: joining, starting, saving answers as they are given, handing in, time running out.

Guests have no account and leave no audit record: what they did is in their own rows. No time a phone says
is ever read: an attempt runs from the server's start to the server's receipt.
"""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from exams.contests.models import Quiz, QuizAttempt, QuizCode, QuizGroup, QuizGuest
from exams.contests.queries.quiz import digest, items_in_reach, lines_of, stage_of
from exams.contests.rules import quiz as rules
from exams.contests.rules.quiz import Stage
from exams.contests.services.quiz_setting import QuizRefused, code_digest
from lianbing.kit.draws import Draw
from lianbing.people.rules.identity import CODE_ALPHABET
from question_bank import kinds
from question_bank.models import QuestionVersion
from question_bank.queries.drawing import points_below, versions

NUMBER_LENGTH = 8
TRIES = 4
BATCH = 300
MOST_COUNT = 2**53


class Joined(NamedTuple):
    """A guest and the secret of their cookie, told once."""

    guest: QuizGuest
    token: str


@dataclass(frozen=True)
class Said:
    """One answer as a phone sends it: which item (from 1), the phone's own count, the raw response."""

    item: int
    count: int
    response: Any


def join(
    *,
    quiz: Quiz,
    nickname: str,
    group: QuizGroup | None,
    code: str,
    consents: bool,
    at: datetime.datetime,
) -> Joined:
    """Take part. With a code used before, whoever has it goes on as the guest it admitted.

    Raises QuizRefused (not_open, consent, nickname, group, code).
    """
    _open(quiz, at)
    if not consents:
        raise QuizRefused("consent", _("Please read and accept what happens to your entries first."))
    name = rules.nickname(nickname)
    _check_name(name)
    if group is None and quiz.groups.exists():
        raise QuizRefused("group", _("Choose your community or unit."))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        admitted = _admitted(quiz, code) if quiz.codes_only else None
        if admitted is not None and admitted.guest is not None:
            QuizGuest.objects.filter(pk=admitted.guest.pk).update(token=digest(token))
            return Joined(admitted.guest, token)
        guest = _new_guest(quiz, name, group, token, at)
        if admitted is not None and not QuizCode.objects.filter(pk=admitted.pk, guest=None).update(
            guest=guest
        ):
            raise QuizRefused("code", _("This code has just been used."))
    return Joined(guest, token)


def _open(quiz: Quiz, at: datetime.datetime) -> None:
    texts = {
        Stage.DRAFT: _("This quiz is not open yet."),
        Stage.COMING: _("This quiz is not open yet."),
        Stage.CLOSED: _("This quiz is closed."),
        Stage.STOPPED: _("This quiz was called off."),
    }
    stands = stage_of(quiz, at)
    if stands is not Stage.OPEN:
        raise QuizRefused("not_open", texts[stands])


def _check_name(name: str) -> None:
    texts = {
        "empty": _("Give a nickname."),
        "long": _("A nickname has at most %(most)s characters.") % {"most": rules.NICKNAME},
        "number": _("A nickname must not be a telephone or identity number: it stands on a public list."),
    }
    if fault := rules.nickname_fault(name):
        raise QuizRefused("nickname", texts[fault])


def _admitted(quiz: Quiz, code: str) -> QuizCode:
    held = QuizCode.objects.select_for_update(of=("self",)).select_related("guest")
    found = held.filter(quiz=quiz, digest=code_digest(code)).first()
    if found is None:
        raise QuizRefused("code", _("This code does not belong to this quiz. Check every character."))
    return found


def _new_guest(
    quiz: Quiz, name: str, group: QuizGroup | None, token: str, at: datetime.datetime
) -> QuizGuest:
    """A guest under a number nobody of the quiz has."""
    for turn in range(TRIES):
        number = "".join(secrets.choice(CODE_ALPHABET) for _ in range(NUMBER_LENGTH))
        fields = {"number": number, "nickname": name, "group": group, "consented_at": at}
        try:
            with transaction.atomic():
                return QuizGuest.objects.create(quiz=quiz, token=digest(token), **fields)
        except IntegrityError:
            if turn == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def start(*, quiz: Quiz, guest: QuizGuest, at: datetime.datetime) -> QuizAttempt:
    """Begin an attempt, or go on with the one that runs. Raises QuizRefused (not_open, used_up, short)."""
    _open(quiz, at)
    with transaction.atomic():
        held = QuizGuest.objects.select_for_update().get(pk=guest.pk)
        made = list(QuizAttempt.objects.filter(guest=held).order_by("number"))
        running = next((one for one in made if one.submitted_at is None), None)
        if running is not None and at < running.ends_at:
            return running
        if running is not None:
            _close(held, running, {}, at)
        if len(made) >= quiz.attempts:
            text = _("You have used all %(attempts)s attempts. Your best one counts.")
            raise QuizRefused("used_up", text % {"attempts": quiz.attempts})
        return QuizAttempt.objects.create(
            guest=held,
            number=len(made) + 1,
            items=_drawn(quiz, at),
            started_at=at,
            ends_at=rules.ends_at(at, quiz.minutes, quiz.closes_at),
        )


def _drawn(quiz: Quiz, at: datetime.datetime) -> list[list[Any]]:
    """The items of a new attempt: version, knowledge point, order of the options."""
    draw = Draw(secrets.token_bytes(16), "quiz-attempt")
    try:
        asked = rules.pick(lines_of(quiz), items_in_reach(quiz, at), points_below(), draw)
    except rules.Short as short:
        text = _("Some questions have just been taken out of use. Please tell the organiser.")
        raise QuizRefused("short", text) from short
    found = versions(one.version for one in asked)
    return [[one.version, one.point, _order(found[one.version], draw)] for one in asked]


def _order(version: QuestionVersion, draw: Draw) -> list[str]:
    return draw.shuffled(kinds.get(version.kind).orders(version.content))


def running_of(guest: QuizGuest) -> QuizAttempt | None:
    """The attempt of a guest that is not handed in."""
    return QuizAttempt.objects.filter(guest=guest, submitted_at=None).first()


def save(*, guest: QuizGuest, number: int, answers: Sequence[Said], at: datetime.datetime) -> dict[int, int]:
    """Keep answers of a running attempt. Returns what count stands for each item sent; older ones change nothing.

    Raises QuizRefused (ended: handed in or out of time; unreadable: not what the page sends).
    """
    with transaction.atomic():
        attempt = (
            QuizAttempt.objects.select_for_update()
            .filter(guest=guest, number=number, submitted_at=None, ends_at__gt=at)
            .first()
        )
        if attempt is None:
            raise QuizRefused("ended", _("This attempt is over. What was saved counts."))
        kept = rules.merged(attempt.answers, _read(attempt, answers))
        if kept != attempt.answers:
            QuizAttempt.objects.filter(pk=attempt.pk).update(answers=kept)
    return {one.item: kept[str(one.item)][0] for one in answers}


def _read(attempt: QuizAttempt, answers: Iterable[Said]) -> list[tuple[int, int, list[str]]]:
    """What was sent in canonical form. Raises QuizRefused (unreadable)."""
    told = list(answers)
    if any(not (1 <= one.item <= len(attempt.items) and 0 <= one.count < MOST_COUNT) for one in told):
        raise _unreadable()
    found = versions(attempt.items[one.item - 1][0] for one in told)
    try:
        return [(one.item, one.count, _parsed(found[attempt.items[one.item - 1][0]], one)) for one in told]
    except kinds.BadResponse as error:
        raise _unreadable() from error


def _parsed(version: QuestionVersion, said: Said) -> list[str]:
    parsed: list[str] = kinds.get(version.kind).parse(said.response, version.content)
    return parsed


def _unreadable() -> QuizRefused:
    return QuizRefused("unreadable", _("The server could not read what this page sent. Please reload."))


def hand_in(*, guest: QuizGuest, number: int, answers: Sequence[Said], at: datetime.datetime) -> QuizAttempt:
    """Hand an attempt in, with what the page still held. Sent again, it returns the attempt as it was marked.

    Out of time, what had been saved counts. Raises QuizRefused (none, unreadable).
    """
    with transaction.atomic():
        held = QuizGuest.objects.select_for_update().get(pk=guest.pk)
        attempt = QuizAttempt.objects.select_for_update().filter(guest=held, number=number).first()
        if attempt is None:
            raise QuizRefused("none", _("There is no such attempt."))
        if attempt.submitted_at is not None:
            return attempt
        sent = _read(attempt, answers) if at < attempt.ends_at else []
        return _close(held, attempt, rules.merged(attempt.answers, sent), at)


def _close(
    guest: QuizGuest, attempt: QuizAttempt, answers: dict[str, Any], at: datetime.datetime
) -> QuizAttempt:
    """Mark and freeze an attempt, and keep the guest's best. Both rows are held by the caller."""
    answers = answers or attempt.answers
    found = versions(item[0] for item in attempt.items)
    marks = [
        _mark(found[item[0]], answers.get(str(place), [0, []])[1])
        for place, item in enumerate(attempt.items, start=1)
    ]
    in_time = at < attempt.ends_at
    attempt.submitted_at = at if in_time else attempt.ends_at
    attempt.how = QuizAttempt.How.GUEST if in_time else QuizAttempt.How.TIME
    attempt.answers, attempt.marks = answers, marks
    attempt.score = rules.score(sum(marks), len(marks))
    attempt.seconds = rules.seconds_used(attempt.started_at, attempt.submitted_at)
    attempt.save()
    guest.handed_in += 1
    if rules.is_better((attempt.score, attempt.seconds), (guest.best_score, guest.best_seconds)):
        guest.best_score, guest.best_seconds = attempt.score, attempt.seconds
    guest.save(update_fields=["handed_in", "best_score", "best_seconds"])
    return attempt


def _mark(version: QuestionVersion, response: list[str]) -> int:
    outcome = kinds.get(version.kind).compare(version.content, version.key, response)
    return int(outcome.is_exact)


def close_due(*, at: datetime.datetime, quiz: Quiz | None = None) -> int:
    """Hand in every attempt whose time is up, as of the moment it was up. Returns how many. Idempotent."""
    due = QuizAttempt.objects.filter(submitted_at=None, ends_at__lte=at)
    if quiz is not None:
        due = due.filter(guest__quiz=quiz)
    done = 0
    while rows := list(due.order_by("ends_at").select_related("guest")[:BATCH]):
        for one in rows:
            hand_in(guest=one.guest, number=one.number, answers=(), at=at)
        done += len(rows)
    return done
