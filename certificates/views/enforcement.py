"""The register of enforcement certificates: the list, one entry, its changes, a first entry."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.enforcement import GRAVE, GROUP_LABELS, ChangeForm, EntryForm, RegisterForm
from certificates.models import EnforcementCertificate
from certificates.models.enforcement_labels import (
    ACT_LABELS,
    KIND_LABELS,
    STATE_LABELS,
    STATE_TONES,
    WHY_LABELS,
)
from certificates.permissions.enforcement import (
    is_own,
    may_change,
    may_enter,
    may_read,
    may_set_rules,
    reading_scopes,
)
from certificates.queries import enforcement as queries
from certificates.queries.duty import standings, state_of
from certificates.queries.enforcement_rules import in_force
from certificates.rendering.enforcement import told
from certificates.rules.enforcement import ProvinceRules, renewal_opens_on, review_due_on
from certificates.rules.validity import days_left
from certificates.services.enforcement.changing import NotEligible, Oneself, Refused, change
from certificates.state.enforcement import Kind, State, legal, replay
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import day_of, latest_appointments, place_of
from lianbing.people.request import Request
from lianbing.people.rules import Actor, Role

PER_PAGE = 50
TILES = (
    ("", "people", "info"),
    (queries.ON_DUTY, queries.ON_DUTY, "ok"),
    (queries.ENDING, queries.ENDING, "warn"),
    (State.DUE_FOR_REVIEW.value, State.DUE_FOR_REVIEW.value, "warn"),
    (queries.OFF_DUTY, queries.OFF_DUTY, "bad"),
    (queries.WITHOUT, queries.WITHOUT, "muted"),
)


@require_GET
def register_page(request: Request) -> HttpResponse:
    """Everybody of one's units and how they stand. The counts on top are those of the filters without the state."""
    day, rules = clock.today(), in_force()
    form = RegisterForm(request.GET, scopes=reading_scopes(request.actor))
    asked = form.asked()
    found = queries.register(asked, day, rules)
    page = Paginator(queries.chosen(found, asked, day), PER_PAGE).get_page(request.GET.get("page"))
    places = latest_appointments(list(page.object_list), day)
    context = {
        "form": form,
        "tiles": _tiles(queries.counts(found), asked.state, request.GET),
        "rows": [_line(officer, places.get(officer.pk), day) for officer in page.object_list],
        "page_obj": page,
        "today": day,
        "enters": request.actor.has(Role.HR),
        "sets": may_set_rules(request.actor),
    }
    return render(request, "certificates/enforcement/register.html", context)


def _tiles(totals: Any, chosen: str, query: QueryDict) -> list[dict[str, Any]]:
    kept = {key: str(value) for key, value in query.items() if key not in {"state", "page"} and value}
    words: dict[str, Any] = {"people": _("Everybody"), **GROUP_LABELS}
    words |= {state.value: label for state, label in STATE_LABELS.items()}
    return [
        {
            "label": words[key],
            "count": totals[key],
            "tone": tone if totals[key] else "muted",
            "current": chosen == state,
            "url": "?" + urlencode({**kept, "state": state} if state else kept),
        }
        for state, key, tone in TILES
    ]


def _line(officer: Any, place: Any, day: datetime.date) -> dict[str, Any]:
    state = State(officer.standing)
    good = officer.why == "" and officer.valid_until is not None
    return {
        "officer": officer,
        "place": place,
        "label": STATE_LABELS[state],
        "tone": STATE_TONES[state],
        "on_duty": officer.why == "",
        "days_left": days_left(officer.valid_until, day) if good and officer.ending else None,
    }


def load(request: Request, uid: uuid.UUID) -> tuple[EnforcementCertificate, Officer, str]:
    """The entry, the person it belongs to (the record kept) and their unit path; 404 for whoever may not read it."""
    row = queries.by_uid(uid)
    if row is None:
        raise Http404
    officer = row.officer.merged_into or row.officer
    path = place_of(officer, clock.today())
    if not may_read(request.actor, row, path):
        raise Http404
    return row, officer, path


def changeable(request: Request, row: EnforcementCertificate, officer: Officer, path: str) -> bool:
    """Whether the actor may change it, and it is the entry that counts: not one a merged record left behind."""
    if not may_change(request.actor, row, path):
        return False
    if row.officer_id == officer.pk:
        return True
    counts = queries.of_officer(officer)
    return counts is not None and counts.pk == row.pk


@require_GET
def detail(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One entry: how it stands, its chain and history, and what may be recorded now."""
    row, officer, path = load(request, uid)
    day, rules = clock.today(), in_force()
    events = queries.history(row)
    holding = replay(event.as_event() for event in events)
    own = is_own(request.actor, row)
    acts = legal(holding, day, rules) if changeable(request, row, officer, path) else []
    standing = standings([officer.pk], clock.now())[officer.pk]
    context = {
        **described(row, day, rules),
        "officer": officer,
        "place": latest_appointments([officer], day).get(officer.pk),
        "standing": standing,
        "why": WHY_LABELS[standing.why],
        "holding": holding,
        "chain": list(reversed(holding.chain)),
        "history": [told(event, own=own) for event in reversed(events)],
        "own": own,
        "acts": [{"kind": kind, "label": ACT_LABELS[kind], "grave": kind in GRAVE} for kind in acts],
    }
    return render(request, "certificates/enforcement/detail.html", context)


def described(row: EnforcementCertificate, day: datetime.date, rules: ProvinceRules) -> dict[str, Any]:
    """An entry with the words and colour of its state on a day, and the days that come."""
    state = state_of(row, day, rules)
    held = state in {State.ACTIVE, State.DUE_FOR_REVIEW}
    return {
        "row": row,
        "state": state,
        "label": STATE_LABELS[state],
        "tone": STATE_TONES[state],
        "days_left": days_left(row.valid_until, day) if held and row.valid_until else None,
        "review_due_on": review_due_on(row.review_base_on, rules) if held else None,
        "renewal_opens_on": renewal_opens_on(row.valid_until, rules) if held and row.valid_until else None,
    }


def own_entry(actor: Actor, at: datetime.datetime) -> dict[str, Any] | None:
    """One's own entry as it stands at a moment, for one's own page; None where the register knows nothing."""
    row = queries.own(actor.officer_id) if actor.officer_id else None
    if row is None:
        return None
    standing = standings([row.officer_id], at)[row.officer_id]
    shown = described(row, day_of(at), in_force())
    return {**shown, "standing": standing, "why": WHY_LABELS[standing.why]}


@require_http_methods(["GET", "POST"])
def act(request: Request, uid: uuid.UUID, kind: str) -> HttpResponse:
    """One change of an entry: ask day, reason and document, then record it."""
    row, officer, path = load(request, uid)
    if kind not in set(Kind) or not changeable(request, row, officer, path):
        raise Http404
    wanted, day, rules = Kind(kind), clock.today(), in_force()
    holding = replay(event.as_event() for event in queries.history(row))
    if request.method == "GET" and wanted not in legal(holding, day, rules):
        messages.error(request, _("This is not possible now. See what has been recorded meanwhile."))
        return redirect(row)
    form = ChangeForm(request.POST or None, kind=wanted, row=row, rules=rules, today=day)
    if request.method == "POST" and form.is_valid() and _record(request, form, officer):
        messages.success(request, _("Recorded. It holds everywhere from now on."))
        return redirect(row)
    context = {
        **described(row, day, rules),
        "form": form,
        "officer": officer,
        "act": ACT_LABELS[wanted],
        "grave": wanted in GRAVE,
        "cancel_url": row.get_absolute_url(),
    }
    return render(request, "certificates/enforcement/act.html", context)


def _record(request: Request, form: ChangeForm, officer: Officer) -> bool:
    """Record what the form says. False, with the reason on the form, when it is refused."""
    said = form.cleaned_data
    try:
        change(
            officer=officer,
            kind=form.kind,
            on=said["on"],
            reason_code=said["reason_code"],
            document_no=said["document_no"],
            note=said["note"],
            data=form.said(),
            expected=said["expected"],
            by=request.actor,
            at=clock.now(),
        )
    except (Refused, NotEligible, Oneself) as error:
        form.add_error(None, str(error))
        return False
    return True


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Somebody's first line in the register. Who may not hold a certificate is refused, and that is on record."""
    asked = request.GET.get("officer", "")[:32]
    form = EntryForm(
        request.POST or None, initial={"on": clock.today(), "staff_number": asked, "how": "entered"}
    )
    if request.method == "POST" and form.is_valid():
        officer = _person(request, form)
        existing = queries.of_officer(officer) if officer else None
        if existing is not None:
            messages.info(request, _("This person stands in the register already."))
            return redirect(existing)
        if officer is not None:
            made = _enter(request, form, officer)
            if made is not None:
                messages.success(request, _("Entered in the register."))
                return redirect(made)
    context = {"form": form, "cancel_url": reverse("certificates:enforcement")}
    return render(request, "certificates/enforcement/enter.html", context)


def _person(request: Request, form: EntryForm) -> Officer | None:
    """The person with the staff number typed, where the actor may enter them; else an error on the form."""
    typed = form.cleaned_data["staff_number"].strip()
    officer = Officer.objects.select_related("merged_into").filter(staff_number=typed).first()
    officer = (officer.merged_into or officer) if officer else None
    if officer is None or not may_enter(request.actor, officer.pk, place_of(officer, clock.today())):
        form.add_error("staff_number", _("Nobody with this staff number serves in your units."))
        return None
    return officer


def _enter(request: Request, form: EntryForm, officer: Officer) -> EnforcementCertificate | None:
    said = form.cleaned_data
    try:
        made = change(
            officer=officer,
            kind=form.kind(),
            on=said["on"],
            reason_code=form.reason_code(),
            document_no=said["document_no"],
            note=said["note"],
            data=form.said(),
            taken_over=form.kind() is Kind.ENTERED,
            by=request.actor,
            at=clock.now(),
        )
    except (Refused, NotEligible, Oneself) as error:
        form.add_error(None, str(error))
        return None
    return made.certificate


@require_GET
def alarms(request: Request) -> HttpResponse:
    """Who is posted on enforcement and may not enforce."""
    day, rules, scopes = clock.today(), in_force(), reading_scopes(request.actor)
    form = RegisterForm(request.GET, scopes=scopes)
    unit = form.asked().unit_path
    page = Paginator(queries.alarms([unit] if unit else scopes, day, rules), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "rows": [{"row": row, "why": WHY_LABELS[row.why]} for row in page.object_list],
        "page_obj": page,
        "today": day,
        "marked": bool(page.object_list) or queries.marks_posts(),
        "sets": may_set_rules(request.actor),
        "enters": request.actor.has(Role.HR),
    }
    return render(request, "certificates/enforcement/alarms.html", context)


@require_GET
def refusals(request: Request) -> HttpResponse:
    """Who was put forward and may not hold a certificate, with the law."""
    found = queries.refusals(reading_scopes(request.actor), clock.today())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [
            {"refusal": one, "why": WHY_LABELS[one.code], "act": KIND_LABELS[Kind(one.kind)]} for one in page
        ],
    }
    return render(request, "certificates/enforcement/refusals.html", context)
