"""What a candidate's browser talks to: starting, the page, the pen, saving, handing in."""

import datetime
import json
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from exams.models import Attempt, Sitting
from exams.queries.papers import shown_items, stems_of
from exams.rendering import bad_event_text, refusal_text, shown_sections
from exams.rules import journal, scoring, timing
from exams.rules.access import Refusal
from exams.rules.marks import sections_of
from exams.services import attempts, saving, submission
from exams.services.saving import Reply
from exams.state import OPEN
from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank.queries import carried

MAX_BODY = 256 * 1024


class BadBody(Exception):
    """The request's body is not what the protocol says."""


def own_attempt(request: Request, uid: uuid.UUID) -> Attempt:
    """The attempt of whoever is signed in. Anybody else's does not exist for them."""
    found = Attempt.objects.select_related("candidate__sitting", "candidate__paper", "candidate__unit")
    return get_object_or_404(found, uid=uid, user_id=request.user.pk)


@require_POST
def start(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Start, or go back to the open attempt."""
    sitting = get_object_or_404(Sitting.objects.select_related("unit"), uid=uid)
    try:
        attempt = attempts.start(sitting=sitting, by=request.actor, at=clock.now())
    except attempts.CannotStart as error:
        if error.refusal is Refusal.NOT_INVITED:
            raise Http404 from error
        context = {"sitting": sitting, "why": refusal_text(error.refusal, sitting)}
        return render(request, "exams/refused.html", context, status=403)
    return redirect("exams:taking", attempt.uid)


@never_cache
@require_GET
def taking(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The page on which the exam is taken; the receipt once it is handed in."""
    now = clock.now()
    attempt = submission.refresh(own_attempt(request, uid), at=now)
    context: dict[str, Any] = {
        "attempt": attempt,
        "sitting": attempt.candidate.sitting,
        "candidate": attempt.candidate,
    }
    if attempt.state != OPEN:
        context["receipt"] = submission.receipt_for(attempt)
        return render(request, "exams/receipt.html", context)
    context["attempt_data"] = attempt_data(request, attempt, now)
    return render(request, "exams/taking/page.html", context)


def attempt_data(request: Request, attempt: Attempt, at: datetime.datetime) -> dict[str, Any]:
    """What the taking page needs to run: the paper without keys, the answers so far, the addresses."""
    candidate, sitting, paper = attempt.candidate, attempt.candidate.sitting, attempt.candidate.paper
    routes = ("lease", "events", "status", "submit", "result")
    urls = {name: reverse(f"exams:{name}", args=[attempt.uid]) for name in routes}
    urls |= {"page": reverse("exams:taking", args=[attempt.uid]), "home": reverse("exams:home")}
    items = shown_items(paper)
    return {
        "attempt": str(attempt.uid),
        "title": sitting.title,
        "candidate": {"name": candidate.name, "staff_number": candidate.staff_number},
        "state": attempt.state,
        "server_now": at.isoformat(),
        "remaining_ms": timing.remaining_ms(attempt.deadline, at),
        "deadline": attempt.deadline.isoformat(),
        "grace_ms": sitting.grace_seconds * 1000,
        "full_marks": scoring.marks_text(paper.full_marks),
        "urls": urls,
        "csrf": get_token(request),
        "items": items,
        "pictures": carried(stems_of(items)),
        "answers": attempt.answers,
        "flags": attempt.flags,
        "sections": shown_sections(paper.items, sections_of(paper.sections, sitting.marking_rule)),
        "secure_hint": _(
            "This page is not encrypted on its way (no https): answers not yet saved are kept readable on "
            "this device, and the page cannot be reloaded while offline."
        ),
    }


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type="application/json", status=status, headers=headers)


def _body(request: Request) -> dict[str, Any]:
    """The JSON object of the request. Raises BadBody."""
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadBody from error
    if not isinstance(data, dict):
        raise BadBody
    return data


def _field(data: dict[str, Any], name: str, kind: type) -> Any:
    value: Any = data.get(name)
    if type(value) is not kind:
        raise BadBody
    if isinstance(value, int) and not 0 <= value < 2**31:
        raise BadBody
    return value


def _uuid(data: dict[str, Any], name: str) -> uuid.UUID:
    try:
        return uuid.UUID(_field(data, name, str))
    except ValueError as error:
        raise BadBody from error


def _password(data: dict[str, Any]) -> str | None:
    """The password, if one came. A text that cannot be encoded is no password. Raises BadBody."""
    password = data.get("password")
    if not isinstance(password, str):
        return None
    if journal.check_text(password):
        raise BadBody
    return password


def _bad_request() -> HttpResponse:
    return _json({"error": "bad_request", "message": _("The request cannot be read.")}, 400)


@never_cache
@require_POST
def lease(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take the pen (see the save protocol): a ticket, and what the server knows."""
    attempt = own_attempt(request, uid)
    now = clock.now()
    try:
        data = _body(request)
        client, device = _uuid(data, "client_id"), _uuid(data, "device_id")
        password, since = _password(data), data.get("lease")
        taken = attempts.take_lease(
            attempt=attempt,
            user=request.user,
            client=client,
            device=device,
            password=password,
            at=now,
            since=since if isinstance(since, int) else None,
        )
    except BadBody:
        return _bad_request()
    except attempts.HeldElsewhere:
        return _json({"error": "held_elsewhere"}, 409)
    except attempts.Overtaken:
        return _json({"error": "superseded"}, 409)
    except attempts.WrongPassword:
        return _json({"error": "wrong_password"}, 403)
    except attempts.TooManyWrong:
        return _json({"error": "wrong_password", "wait": True}, 403)
    except attempts.TooManyClients:
        return _json({"error": "too_many_clients"}, 409)
    held = taken.attempt
    receipt = submission.receipt_for(held)
    return _json(
        {
            "lease": taken.lease,
            "ticket": taken.ticket,
            "answers": held.answers,
            "flags": held.flags,
            "acked_through": taken.acked_through,
            "offered": taken.offered,
            "remaining_ms": timing.remaining_ms(held.deadline, now) if held.state == OPEN else 0,
            "server_now": now.isoformat(),
            "state": held.state,
            **({"receipt": receipt.as_json()} if receipt else {}),
        }
    )


def _told(reply: Reply) -> HttpResponse:
    """A reply of the save path in the words of the protocol."""
    said: dict[str, Any] = {
        "state": reply.state,
        "server_now": reply.at.isoformat(),
        "remaining_ms": reply.remaining_ms,
        "lease": reply.lease,
    }
    if reply.receipt:
        said["receipt"] = reply.receipt.as_json()
    if reply.error:
        said["error"] = reply.error
    if reply.error == "missing":
        said["missing"] = reply.missing
    if reply.error == "mismatch":
        said["answers"] = reply.answers
    if not reply.receipt:
        said["acked_through"] = reply.acked_through
        said["answers_sha256"] = reply.answers_sha256
    return _json(said, 409 if reply.error else 200)


def _ticket(request: Request) -> str:
    return request.META.get("HTTP_X_ATTEMPT_TICKET", "")


def _too_large(request: Request) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > MAX_BODY


@csrf_exempt
@require_POST
def events(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Save a batch of events. The signed ticket stands for session and CSRF token."""
    if _too_large(request):
        return _json({"error": "too_large"}, 413)
    try:
        data = _body(request)
        batch = _field(data, "events", list)
        if len(batch) > journal.MAX_EVENTS:
            return _json({"error": "too_large"}, 413)
        reply = saving.save(
            uid=uid,
            ticket=_ticket(request),
            client=_field(data, "client_id", str),
            lease=_field(data, "lease", int),
            events=batch,
            at=clock.now(),
        )
    except BadBody:
        return _bad_request()
    except saving.BadTicket:
        return _json({"error": "ticket"}, 401)
    except saving.BadEvent as error:
        said = {"error": "bad_event", "seq": error.seq, "message": bad_event_text(error.code)}
        return _json(said, 400)
    return _told(reply)


@csrf_exempt
@require_GET
def status(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Where the attempt stands, for the ticket's holder."""
    try:
        return _told(saving.status(uid=uid, ticket=_ticket(request), at=clock.now()))
    except saving.BadTicket:
        return _json({"error": "ticket"}, 401)


@csrf_exempt
@require_POST
def submit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Hand in; any replay gets the same receipt."""
    if _too_large(request):
        return _json({"error": "too_large"}, 413)
    try:
        data = _body(request)
        reply = saving.submit(
            uid=uid,
            ticket=_ticket(request),
            client=_field(data, "client_id", str),
            lease=_field(data, "lease", int),
            final_seq=_field(data, "final_seq", int),
            answers_sha256=_field(data, "answers_sha256", str),
            at=clock.now(),
        )
    except BadBody:
        return _bad_request()
    except saving.BadTicket:
        return _json({"error": "ticket"}, 401)
    return _told(reply)
