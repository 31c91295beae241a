"""The player of a lesson: its page, opening it, and the one call that brings what the player has written down.

Opening and sending are described in docs/reference/learning-time.md. Both are idempotent: a reply that got
lost on the way is asked for again.
"""

import json
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.models import Enrolment, Lesson, LessonTry, Progress
from courses.queries import checks
from courses.queries import learning as queries
from courses.rendering import lessons as rendering
from courses.rules import accrual
from courses.services import notes, playing
from courses.services.learning import CannotLearn
from courses.services.playing import CannotTry
from courses.views.learning import own_enrolment, refusal
from lianbing.kit import clock
from lianbing.people.request import Request

MAX_BODY = 256 * 1024
MOST = 50
INT_MAX = 2**31


class BadBody(Exception):
    """The request's body is not what the player sends."""


def _own_lesson(request: Request, uid: uuid.UUID, position: int) -> tuple[Enrolment, Lesson]:
    enrolment = own_enrolment(request, uid)
    lesson = queries.lesson_at(enrolment.edition_id, position)
    if lesson is None:
        raise Http404
    return enrolment, lesson


@never_cache
@require_GET
def lesson(request: Request, uid: uuid.UUID, position: int) -> HttpResponse:
    """The page on which a lesson is learned; what was completed can be read again."""
    enrolment, found = _own_lesson(request, uid, position)
    if enrolment.left_at is not None:
        return redirect("courses:course", enrolment.course_id)
    steps = queries.steps_of(enrolment.edition, enrolment)
    here = next(step for step in steps if step.lesson.pk == found.pk)
    versions = checks.versions_of(found)
    context = {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "lesson": found,
        "here": here,
        "steps": steps,
        "after": next((step for step in steps if step.lesson.position > position), None),
        "pieces": rendering.pieces(found.body),
        "questions": checks.ask(versions) if enrolment.is_open else [],
        "needed": checks.needed(found, len(versions)),
        "notes": queries.notes_of(request.actor.officer_id, [enrolment.pk]).filter(lesson=found),
        "player": player_data(request, enrolment, found, here.progress),
    }
    return render(request, "courses/learning/lesson.html", context)


def player_data(
    request: Request, enrolment: Enrolment, found: Lesson, progress: Progress | None
) -> dict[str, Any]:
    """What the player's scripts need to run."""
    where = [enrolment.uid, found.position]
    return {
        "page": f"{enrolment.uid}/{found.position}",
        "learns": enrolment.is_open,
        "urls": {
            "open": reverse("courses:lesson_open", args=where),
            "sync": reverse("courses:lesson_sync", args=where),
            "worker": reverse("courses:worker"),
            "sign_in": f"{settings.LOGIN_URL}?next={request.path}",
        },
        "csrf": get_token(request),
        "idle_ms": settings.LEARNING_IDLE_MINUTES * accrual.MINUTE,
        "state": told(found, progress),
    }


def told(found: Lesson, progress: Progress | None) -> dict[str, Any]:
    """How far the lesson is, for the player. Lengths in milliseconds."""
    state: dict[str, Any] = {"needed": found.minimum_seconds * queries.SECOND}
    if progress is None:
        return state | {"credited": 0, "place": [0, 0, 0], "done": False, "checked": False}
    need, standing = queries.need_of(progress), queries.standing_of(progress)
    return state | {
        "credited": progress.credited_ms,
        "place": list(standing.place),
        "films": [
            {
                "length": length,
                "seen": accrual.seen_of(standing.seen[at : at + 1], accrual.Need(0, (length,))),
            }
            for at, length in enumerate(need.videos)
        ],
        "films_seen": accrual.videos_seen(standing, need),
        "checked": progress.checked_at is not None,
        "done": progress.done_at is not None,
    }


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="application/json", status=status, headers=headers)


def _body(request: Request) -> dict[str, Any]:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MAX_BODY:
        raise BadBody
    try:
        data = json.loads(request.body)
        # Half a character (a text field cuts an emoji in two) can be neither stored nor sent back.
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise BadBody from error
    if not isinstance(data, dict):
        raise BadBody
    return data


def _rows(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(row, dict) for row in rows):
        raise BadBody
    return rows


def _uid(row: dict[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(str(row.get("uid")))
    except ValueError as error:
        raise BadBody from error


def _bad() -> HttpResponse:
    return _json({"error": "bad_request", "message": _("The request cannot be read.")}, 400)


@never_cache
@require_POST
def lesson_open(request: Request, uid: uuid.UUID, position: int) -> HttpResponse:
    """Take the clock for this lesson."""
    enrolment, found = _own_lesson(request, uid, position)
    try:
        progress, lease = playing.open_lesson(
            enrolment=enrolment, lesson=found, by=request.actor, at=clock.now()
        )
    except CannotLearn as error:
        return _json({"error": error.code, "message": refusal(error)}, 409)
    return _json({"lease": lease, "state": told(found, progress)})


@never_cache
@require_POST
def lesson_sync(request: Request, uid: uuid.UUID, position: int) -> HttpResponse:
    """Take what the player wrote down: beats of one opening, tries, notes. The reply names what is safe."""
    enrolment, found = _own_lesson(request, uid, position)
    try:
        data = _body(request)
        lease = data.get("lease")
        if type(lease) is not int or not 0 <= lease < INT_MAX:
            raise BadBody
        beats = accrual.parse_beats(data.get("beats", []))
        tries, written = _rows(data, "tries"), _rows(data, "notes")
        named = [(_uid(row), row) for row in (*tries, *written)]
    except (BadBody, accrual.BadBeat):
        return _bad()
    try:
        heard = playing.hear(
            enrolment=enrolment, lesson=found, lease=lease, beats=beats, by=request.actor, at=clock.now()
        )
    except CannotLearn as error:
        return _json({"error": error.code, "message": refusal(error)}, 409)
    reply: dict[str, Any] = {"held": heard.held, "through": heard.through, "refused": heard.refused}
    reply["tries"] = [_try(request, enrolment, found, *one) for one in named[: len(tries)]]
    reply["notes"] = [_note(enrolment, found, *one) for one in named[len(tries) :]]
    fresh = queries.enrolment_named(uid, request.actor.officer_id)
    progress = Progress.objects.filter(enrolment=enrolment, lesson=found).select_related("lesson").first()
    reply["state"] = told(found, progress)
    if fresh is not None and fresh.completed_at is not None:
        reply["completed"] = reverse("courses:completed", args=[uid])
    return _json(reply)


def _try(
    request: Request, enrolment: Enrolment, found: Lesson, uid: uuid.UUID, row: dict[str, Any]
) -> dict[str, Any]:
    """What came of one try: the page piece that explains it, or why it was not taken."""
    answers = row.get("answers")
    sent = answers if isinstance(answers, dict) else {}
    try:
        made = playing.try_check(
            enrolment=enrolment, lesson=found, uid=uid, sent=sent, by=request.actor, at=clock.now()
        )
    except CannotTry as error:
        said = {
            "closed": _("The course is over; nothing is marked any more."),
            "nothing": _("There is nothing to answer any more."),
            "blank": _("Answer every question."),
        }
        return {"uid": str(uid), "problem": said[error.code]}
    return {"uid": str(uid), "passed": made.passed, "html": _explained(request, found, made)}


def _explained(request: Request, found: Lesson, made: LessonTry) -> str:
    context = {
        "found": made,
        "needed": checks.needed(found, made.asked),
        "questions": checks.explain(made.answers),
    }
    return render_to_string("courses/learning/_try.html", context, request=request)


def _note(enrolment: Enrolment, found: Lesson, uid: uuid.UUID, row: dict[str, Any]) -> dict[str, Any]:
    """What came of one note."""
    text, second = row.get("text"), row.get("second")
    if type(second) is not int or not 0 <= second < INT_MAX:
        second = None
    try:
        notes.write(
            enrolment=enrolment,
            lesson=found,
            uid=uid,
            text=text if isinstance(text, str) else "",
            second=second,
            at=clock.now(),
        )
    except notes.CannotNote as error:
        said = {
            "empty": _("The note is empty."),
            "long": _("A note has at most %(n)d characters.") % {"n": notes.LONGEST},
            "many": _("A course has at most %(n)d notes.") % {"n": notes.MOST},
            "theirs": _("The note could not be kept."),
        }
        return {"uid": str(uid), "problem": said[error.code]}
    return {"uid": str(uid)}
