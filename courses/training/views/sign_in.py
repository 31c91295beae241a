"""The officer's phone: the sessions of today, one tap to sign in, one to sign out."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses.training.models import LeaveRequest, Roll, RollEntry, Session
from courses.training.models.attendance import STATE_LABELS
from courses.training.queries.rolls import closed_entry, owed_by, sessions_to_sign_in
from courses.training.rules import sign_in_codes
from courses.training.rules.attendance import State
from courses.training.services import sign_in as service
from courses.training.services import typed_codes
from courses.training.services.sign_in import Attempt, Receipt, SignInRefused
from lianbing.kit import clock
from lianbing.people.request import Request

DEVICE_COOKIE = "lianbing_device"
DEVICE_DAYS = 400
MOST_TEXT = 600
WORDS = {
    "malformed": gettext_lazy("A code has six digits. Look at the screen and type it again."),
    "foreign": gettext_lazy("This is not a code of this session. Type or scan the one shown in the room."),
    "future": gettext_lazy("This code is not valid yet. Wait for the screen, then try again."),
    "forwarded": gettext_lazy(
        "This code was over before you opened this page: it was passed on. Only who is in the room signs in."
    ),
    "not_open": gettext_lazy("This session is not open for signing in."),
    "over": gettext_lazy("This session is over. Ask the trainer to put you on the list."),
    "no_officer": gettext_lazy("Only officers and staff sign in; this account belongs to nobody of them."),
    "not_on_roll": gettext_lazy(
        "You are not on the list of this session. The trainer sees that you are here and can admit you."
    ),
    "device": gettext_lazy(
        "With this phone somebody else has signed in to this session. Use your own, or ask the trainer, who has been told."
    ),
    "no_device": gettext_lazy(
        "Your browser keeps no cookies. Allow them for this site and open the page again."
    ),
    "struck": gettext_lazy("The trainer has struck your sign-in. Please speak to them."),
    "not_in": gettext_lazy("You have not signed in yet."),
    "ticket": gettext_lazy("This page was not opened by you, or too long ago. Open it again."),
    "too_many": gettext_lazy("Too many codes that do not count. Wait a minute and look at the screen again."),
}
GUESSES = frozenset({"malformed", "foreign", "old", "future", "forwarded", "not_on_roll", "device"})


def refusal_text(error: SignInRefused) -> str:
    """Why a sign-in does not count, as a sentence."""
    if error.code == "old":
        return ngettext(
            "This code is %(seconds)d second too old. Scan the one on the screen now.",
            "This code is %(seconds)d seconds too old. Scan the one on the screen now.",
            max(1, error.seconds),
        ) % {"seconds": max(1, error.seconds)}
    return str(WORDS[error.code])


def receipt_text(receipt: Receipt) -> str:
    """What stands on the roll now, as a sentence."""
    at = timezone.localtime(receipt.at).strftime("%H:%M")
    if receipt.kind == "out":
        text = _("Already signed out at %(time)s.") if receipt.again else _("Signed out at %(time)s.")
        return text % {"time": at}
    if receipt.again:
        return _("Already signed in at %(time)s.") % {"time": at}
    if receipt.state == State.PRESENT:
        return _("Signed in at %(time)s.") % {"time": at}
    return _("Signed in at %(time)s, %(minutes)d minutes late: %(state)s.") % {
        "time": at,
        "minutes": receipt.late_by,
        "state": STATE_LABELS[receipt.state],
    }


def device_of(request: Request) -> str:
    """The device by its signed cookie, "" when there is none (or a made-up one)."""
    try:
        return str(signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_COOKIE))
    except signing.BadSignature:
        return ""


def _with_device(request: Request, response: HttpResponse) -> HttpResponse:
    """Give a browser that has none its device cookie."""
    if not device_of(request):
        response.set_cookie(
            DEVICE_COOKIE,
            signing.dumps(uuid.uuid4().hex, salt=DEVICE_COOKIE),
            max_age=DEVICE_DAYS * 86_400,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@never_cache
@require_GET
def sign_in(request: Request) -> HttpResponse:
    """Today's sessions one is expected at, what one asked leave from, and what is still to be made up."""
    officer, now = request.actor.officer_id, clock.now()
    sessions = sessions_to_sign_in(officer, now) if officer else []
    entries = RollEntry.objects.filter(officer=officer, session__in=sessions) if officer else []
    mine = {entry.session_id: entry for entry in entries}
    leaves = LeaveRequest.objects.filter(officer=officer, session__in=sessions).order_by("asked_at")
    asked = {leave.session_id: leave for leave in leaves} if officer else {}
    context = {
        "rows": [(one, mine.get(one.pk), asked.get(one.pk)) for one in sessions],
        "owed": owed_by([officer])[:20] if officer else [],
        "officer": officer,
    }
    return _with_device(request, render(request, "training/attendance/sign_in.html", context))


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_session(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The page the QR code leads to. GET looks at the code and shows the button; POST signs in or out."""
    now = clock.now()
    roll = service.find(uid)
    if roll is None or roll.session.state in (Session.State.CLOSED, Session.State.CANCELLED):
        return _no_session(request, uid, roll)
    if request.method == "POST":
        return _take(request, roll, now)
    return _page(request, roll, now, **_arrival(request, roll, now))


def _no_session(request: Request, uid: uuid.UUID, roll: Roll | None) -> HttpResponse:
    """A session that does not exist is not found; one that is over shows what one's roll says of it."""
    if request.method == "GET" and (mine := closed_entry(uid, request.actor.officer_id)):
        context = {"entry": mine, "session": mine.session, "state_label": STATE_LABELS[State(mine.state)]}
        return render(request, "training/attendance/own_session.html", context)
    if roll is None:
        raise Http404
    text = str(WORDS["not_open"])
    if _wants_json(request):
        return JsonResponse({"ok": False, "code": "not_open", "text": text}, status=409)
    context = {"session": roll.session, "refusal": text}
    return render(request, "training/attendance/sign_in_over.html", context, status=409)


def _arrival(request: Request, roll: Roll, now: datetime.datetime) -> dict[str, Any]:
    """What the code in the address is worth: a proof for the tap that follows, or why it is worth nothing.

    Only the long code of the picture is read here: digits are typed and posted, where guessing is braked.
    """
    code, officer = request.GET.get("c", "")[:80], request.actor.officer_id
    if not code or officer is None:
        return {}
    if not sign_in_codes.is_scanned(code):
        return {"refusal": WORDS["foreign"]}
    reading = sign_in_codes.read(code, session=roll.session.uid, secret=roll.secret, moment=now.timestamp())
    if reading.fault:
        return {"refusal": refusal_text(SignInRefused(reading.fault, reading.delay))}
    return {"proof": service.issue_proof(session=roll.session.uid, officer_id=officer, at=now)}


def _page(
    request: Request, roll: Roll, now: datetime.datetime, status: int = 200, **more: Any
) -> HttpResponse:
    officer, session = request.actor.officer_id, roll.session
    entry = RollEntry.objects.filter(session=session, officer=officer).first() if officer else None
    ticket = service.issue_ticket(session=session.uid, officer_id=officer, at=now) if officer else ""
    context = {
        "session": session,
        "roll": roll,
        "entry": entry,
        "ticket": ticket,
        "is_open": session.state == Session.State.OPEN,
        "allowance": sign_in_codes.ALLOWANCE,
        "state_label": STATE_LABELS[State(entry.state)] if entry else "",
        **more,
    }
    if officer is None:
        context["refusal"] = WORDS["no_officer"]
    response = render(request, "training/attendance/sign_in_session.html", context, status=status)
    return _with_device(request, response)


def _take(request: Request, roll: Roll, now: datetime.datetime) -> HttpResponse:
    """One tap. Scripts ask for JSON and keep the tap when there is no network."""
    said = {name: request.POST.get(name, "")[:MOST_TEXT] for name in ("code", "proof", "ticket")}
    attempt = Attempt(session=roll.session.uid, device=device_of(request), **said)
    out = request.POST.get("act") == "out"
    try:
        if not said["proof"] and "." not in said["code"] and typed_codes.is_braked(request.actor.officer_id):
            raise SignInRefused("too_many")
        receipt = (service.sign_out if out else service.sign_in)(attempt=attempt, by=request.actor, at=now)
    except SignInRefused as error:
        if error.code in GUESSES:
            typed_codes.count_wrong(request.actor.officer_id)
        if _wants_json(request):
            return JsonResponse({"ok": False, "code": error.code, "text": refusal_text(error)}, status=409)
        return _page(request, roll, now, status=409, refusal=refusal_text(error))
    if _wants_json(request):
        return JsonResponse({"ok": True, "again": receipt.again, "text": receipt_text(receipt)})
    messages.success(request, receipt_text(receipt))
    return redirect("training:sign_in_session", roll.session.uid)


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
