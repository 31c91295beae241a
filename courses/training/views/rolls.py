"""The trainer's list and the projector: who is here, by tap, live."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.training.forms.attendance import ReasonForm, RulesForm
from courses.training.models import AttendanceEvent, Roll, Session
from courses.training.models.attendance import STATE_LABELS
from courses.training.permissions.attendance import can_own, can_read_roll, can_run
from courses.training.queries import rolls as queries
from courses.training.rules import sign_in_codes
from courses.training.rules.attendance import State
from courses.training.services import attendance, rolls
from courses.training.services.locks import PeriodLocked
from courses.training.services.rolls import RollRefused
from lianbing.kit import clock, qr
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.request import Request
from lianbing.people.views.common import page_of

WORDS = {
    "not_planned": gettext_lazy("The session is not planned any more: somebody else opened or changed it."),
    "not_open": gettext_lazy("The session is not open. Open it first."),
    "not_closed": gettext_lazy("The session is not closed."),
    "closed": gettext_lazy("The session is closed. Reopen it to change its list."),
    "nobody": gettext_lazy("Nobody serves there on that day: the list would be empty."),
    "changed": gettext_lazy("Something happened after that, so it cannot be undone. Look at the list again."),
    "reason": gettext_lazy("Say why."),
    "second": gettext_lazy("This takes a second person: nobody checks or decides their own."),
    "future": gettext_lazy("State the times of that day, the end after the beginning and not in the future."),
    "over": gettext_lazy("The session is over."),
    "unknown": gettext_lazy("This person is not on the list."),
    "waiting": gettext_lazy("A request for leave waits for a decision."),
    "settled": gettext_lazy("This has been settled already."),
    "same": gettext_lazy("Choose another session than the one that was missed."),
    "opened": gettext_lazy("The session is open: when it really was is said at closing."),
    "elsewhere": gettext_lazy("You are not expected at this session."),
}
TAPS = (State.PRESENT, State.LATE, State.ABSENT, State.LEAVE)
FILTERS = (
    ("", gettext_lazy("All")),
    ("missing", gettext_lazy("Not here yet")),
    ("here", pgettext_lazy("attendance", "Here")),
    ("late", gettext_lazy("Late or early")),
    ("away", gettext_lazy("Absent or on leave")),
)


def roll_words(error: RollRefused | PeriodLocked) -> str:
    """A refusal as a sentence."""
    if isinstance(error, PeriodLocked):
        return str(error)
    if error.code == "unresolved":
        return _("Of these nothing is known: %(names)s.") % {"names": "、".join(error.details["names"])}
    if error.code == "double":
        return _(
            "Of these the same minutes count as self-study already: %(names)s. Reopen that, or mark them absent."
        ) % {"names": "、".join(error.details["names"])}
    if error.code == "minutes":
        return _("From 1 to %(longest)d minutes, as long as the session was.") % error.details
    return str(WORDS[error.code])


def run_session(request: Request, uid: uuid.UUID, *, read: bool = False) -> Session:
    """A session whose roll the actor keeps (or only reads). Any other does not exist for them."""
    found = Session.objects.select_related("unit", "room", "category", "batch__training_class")
    session = get_object_or_404(found.exclude(state=Session.State.CANCELLED), uid=uid)
    if not (can_read_roll if read else can_run)(request.actor, session):
        raise Http404
    return session


@require_GET
def roll_list(request: Request) -> HttpResponse:
    """The sessions whose roll one keeps: two weeks back, four ahead, newest first."""
    now = clock.now()
    rows = queries.runnable(request.actor, now - queries.BACK, now + queries.AHEAD)
    owns = bool(request.actor.scopes(*queries.OWNERS))
    context = {"page_obj": page_of(request, rows), "may_make": owns, "now": now}
    return render(request, "training/attendance/rolls.html", context)


@never_cache
@require_GET
def roll(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The live list. Asked for by htmx, only what moves."""
    session = run_session(request, uid, read=True)
    show, text = request.GET.get("show", ""), request.GET.get("q", "").strip()[:50]
    undo = request.GET.get("undo", "")
    found = queries.board(session, show, text)
    context = {
        "session": session,
        "roll": Roll.objects.filter(session=session).first(),
        "board": found,
        "page_obj": page_of(request, found.rows),
        "show": show,
        "q": text,
        "filters": FILTERS,
        "taps": [(state, STATE_LABELS[state]) for state in TAPS],
        "live": session.state in queries.LIVE,
        "runs": can_run(request.actor, session),
        "single": queries.may_change_single(session),
        "owns": can_own(request.actor, session.unit.path),
        "undo": int(undo) if undo.isdecimal() and len(undo) < 12 else 0,
        "at": clock.now(),
        "own": request.actor.officer_id,
        "files": session.files.filter(removed_at=None).defer("data"),
    }
    name = "_roll.html" if request.htmx else "roll.html"
    return render(request, f"training/attendance/{name}", context)


def back(session: Session, **query: Any) -> HttpResponse:
    """To the list, keeping what was filtered."""
    said = "&".join(f"{key}={value}" for key, value in query.items() if value)
    return redirect(reverse("training:roll", args=[session.uid]) + (f"?{said}" if said else ""))


def _kept_filter(request: Request) -> dict[str, str]:
    show = request.POST.get("show", "")
    return {"show": show if show in queries.SHOWN else ""}


@require_POST
def roll_open(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Open the session for signing in."""
    session = run_session(request, uid)
    try:
        rolls.open_session(session=session, by=request.actor, at=clock.now())
        if clock.now() < session.ends_at:  # what is recorded from paper afterwards needs no code
            return redirect("training:code", session.uid)
    except (RollRefused, PeriodLocked) as error:
        messages.error(request, roll_words(error))
    return back(session)


@require_POST
def roll_set(request: Request, uid: uuid.UUID, officer: int) -> HttpResponse:
    """Present, late, absent, leave: one tap. The answer offers to undo it."""
    session, undo = run_session(request, uid), 0
    try:
        state = State(request.POST.get("state", ""))
        event = attendance.set_state(
            session=session, officer_id=officer, state=state, by=request.actor, at=clock.now()
        )
        undo = event.pk
    except ValueError:
        messages.error(request, str(WORDS["unknown"]))
    except (RollRefused, PeriodLocked) as error:
        messages.error(request, roll_words(error))
    return back(session, undo=undo, **_kept_filter(request))


@require_POST
def roll_undo(request: Request, uid: uuid.UUID, event: int) -> HttpResponse:
    """Take the last tap back."""
    session = run_session(request, uid)
    found = get_object_or_404(AttendanceEvent.objects.filter(session=session), pk=event)
    try:
        attendance.undo(session=session, event=found, by=request.actor, at=clock.now())
    except (RollRefused, PeriodLocked) as error:
        messages.error(request, roll_words(error))
    return back(session, **_kept_filter(request))


@require_POST
def roll_admit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put somebody on the list by staff number: a guest, or who was refused at the door."""
    session = run_session(request, uid)
    number = request.POST.get("staff_number", "").strip()[:32]
    officer = Officer.objects.filter(staff_number=number, merged_into=None).first()
    if officer is None:
        messages.error(request, _("There is no such staff number."))
        return back(session)
    try:
        attendance.admit(session=session, officer=officer, by=request.actor, at=clock.now())
        messages.success(request, _("%(name)s is on the list now.") % {"name": officer.name})
    except (RollRefused, PeriodLocked) as error:
        messages.error(request, roll_words(error))
    return back(session)


@require_http_methods(["GET", "POST"])
def roll_strike(request: Request, uid: uuid.UUID, officer: int) -> HttpResponse:
    """Strike a sign-in, with a reason."""
    session = run_session(request, uid)
    entry = get_object_or_404(queries.entries_of(session), officer=officer)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            event = attendance.strike(
                session=session,
                officer_id=officer,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
            return back(session, undo=event.pk)
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
    context = {
        "session": session,
        "form": form,
        "title": _("Strike the sign-in of %(name)s") % {"name": entry.officer.name},
        "submit": _("Strike"),
        "danger": True,
    }
    return render(request, "training/attendance/act.html", context)


@require_http_methods(["GET", "POST"])
def roll_settings(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Thresholds, sign-out, the second person: of one session."""
    session = run_session(request, uid)
    kept = rolls.roll_of(session)
    form = RulesForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            rolls.change_rules(
                session=session,
                rules=form.instance.thresholds(),
                checked_by_second=form.cleaned_data["checked_by_second"],
                by=request.actor,
                at=clock.now(),
            )
            messages.success(
                request, _("Saved. The thresholds hold for everybody when the session is closed.")
            )
            return back(session)
        except (RollRefused, PeriodLocked) as error:
            form.add_error(None, roll_words(error))
    context = {
        "session": session,
        "form": form,
        "title": _("How this session takes attendance"),
        "submit": "",
    }
    return render(request, "training/attendance/act.html", context)


@never_cache
@require_GET
def code(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The projector's page: a code for fifteen seconds, large, with the counter."""
    session = run_session(request, uid)
    kept = rolls.roll_of(session)
    context = {"session": session, "now": _now(session, kept), "day": day_of(session.starts_at)}
    return render(request, "training/attendance/code.html", context)


@never_cache
@require_GET
def code_now(request: Request, uid: uuid.UUID) -> HttpResponse:
    """What the projector shows in this slot, for its script."""
    session = run_session(request, uid)
    return JsonResponse(_now(session, rolls.roll_of(session)))


def _now(session: Session, kept: Roll) -> dict[str, Any]:
    moment = clock.now().timestamp()
    slot = sign_in_codes.slot_of(moment)
    long = sign_in_codes.long_code(session.uid, kept.secret, slot)
    digits = sign_in_codes.short_code(session.uid, kept.secret, slot)
    here, expected = queries.counter(session)
    is_open = session.state == Session.State.OPEN
    address = settings.PUBLIC_URL + reverse("training:sign_in_session", args=[session.uid])
    return {
        "open": is_open,
        "svg": qr.svg(f"{address}?c={long}") if is_open else "",
        "digits": f"{digits[:3]} {digits[3:]}" if is_open else "",
        "here": here,
        "expected": expected,
        "next_ms": int(sign_in_codes.next_change(moment) * 1000) + 100,
    }
