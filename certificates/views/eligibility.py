"""Eligibility: one's own page "you have, you still need", HR's list, and one person with what HR stated."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.eligibility import EligibleForm, ReasonForm, StatementForm
from certificates.models import Attestation
from certificates.models.enforcement_labels import STATE_LABELS, STATE_TONES
from certificates.models.qualifying_labels import ELIGIBILITY_LABELS, ELIGIBILITY_TONES
from certificates.permissions.eligibility import READERS, may_look, may_state, reading_scopes
from certificates.queries.duty import standings
from certificates.queries.eligibility import in_force, statements_of, verdicts
from certificates.queries.eligible import BARRED, HOLDS, LACKS, READY, Lines, lines, standing_of
from certificates.queries.proposals import open_proposals
from certificates.queries.register import unit_path_of
from certificates.rendering.eligibility import rows, short, summary
from certificates.services.eligibility import StatementRefused, attest, export, take_back
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.request import Request
from lianbing.people.rules import LEARNERS, Role

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TILES = (("", "people"), (READY, READY), (LACKS, LACKS), (HOLDS, HOLDS), (BARRED, BARRED))


def judged(officer: Officer, at: datetime.datetime, *, own: bool) -> dict[str, Any]:
    """How one person stands to the rules in force, in words, for templates; `rules` None where there are none."""
    day = day_of(at)
    rules = in_force(day)
    duty = standings([officer.pk], at)[officer.pk]
    context: dict[str, Any] = {
        "person": officer,
        "rules": rules,
        "duty": duty,
        "duty_label": STATE_LABELS[duty.state],
        "duty_tone": STATE_TONES[duty.state],
    }
    if rules is None:
        return context
    verdict = verdicts([officer], rules.rule, day)[officer.pk]
    standing = standing_of(verdict, duty.state)
    shown = rows(verdict, own=own)
    return context | {
        "verdict": verdict,
        "has": [row for row in shown if row.met],
        "needs": [row for row in shown if not row.met],
        "summary": summary(verdict),
        "standing": standing,
        "standing_label": ELIGIBILITY_LABELS[standing],
        "standing_tone": ELIGIBILITY_TONES[standing],
    }


@require_GET
def own(request: Request) -> HttpResponse:
    """What I have and what I still need. Staff who are no learners go to the list."""
    actor = request.actor
    if actor.officer_id is None or not actor.has(*LEARNERS):
        if actor.has(*READERS):
            return redirect("certificates:eligible_people")
        raise Http404
    officer = get_object_or_404(Officer, pk=actor.officer_id)
    context = judged(officer, clock.now(), own=True)
    context["proposal"] = open_proposals([officer.pk]).first()
    return render(request, "certificates/eligibility/own.html", context)


def _tiles(found: Lines, chosen: str, query: QueryDict) -> list[dict[str, Any]]:
    kept = {
        key: value for key, value in query.items() if key not in {"standing", "lacking", "page"} and value
    }
    return [
        {
            "label": ELIGIBILITY_LABELS[key],
            "count": found.counts[key],
            "tone": ELIGIBILITY_TONES[key],
            "current": chosen == standing,
            "url": "?" + urlencode({**kept, "standing": standing} if standing else kept),
        }
        for standing, key in TILES
    ]


@require_GET
def people(request: Request) -> HttpResponse:
    """Everybody of my units: who may apply, who lacks what. The counts are those before a tile was tapped."""
    form = EligibleForm(request.GET, scopes=reading_scopes(request.actor))
    asked = form.asked()
    found = lines(asked, clock.now())
    page = Paginator(found.shown, PER_PAGE).get_page(request.GET.get("page"))
    shown = [
        {
            "line": line,
            "label": ELIGIBILITY_LABELS[line.standing],
            "tone": ELIGIBILITY_TONES[line.standing],
            "missing": [short(part) for part in line.verdict.missing],
            "state": STATE_LABELS[line.state],
        }
        for line in page
    ]
    context = {
        "form": form,
        "rules": found.rules,
        "tiles": _tiles(found, asked.standing, request.GET),
        "rows": shown,
        "page_obj": page,
        "today": clock.today(),
        "query": request.GET.urlencode(),
        "manages": request.actor.has(Role.HR),
    }
    return render(request, "certificates/eligibility/people.html", context)


@require_GET
def people_export(request: Request) -> HttpResponse:
    """The same rows, all of them, as a workbook."""
    form = EligibleForm(request.GET, scopes=reading_scopes(request.actor))
    book, _rows = export(asked=form.asked(), by=request.actor, at=clock.now())
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="eligibility-{clock.today():%Y%m%d}.xlsx"'
    return response


def _load(request: Request, pk: int) -> tuple[Officer, str | None]:
    """The person and where they serve, or 404 for whoever may not read them."""
    officer = get_object_or_404(Officer, pk=pk, merged_into=None)
    path = unit_path_of(officer, clock.today())
    if not may_look(request.actor, path):
        raise Http404
    return officer, path


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person: how they stand, what HR stated with documents, what may be stated."""
    officer, path = _load(request, pk)
    states = may_state(request.actor, officer, path)
    context = judged(officer, clock.now(), own=False)
    context["proposal"] = open_proposals([officer.pk]).first()
    context |= {"statements": list(statements_of(officer.pk)), "states": states}
    return render(request, "certificates/eligibility/person.html", context)


@require_http_methods(["GET", "POST"])
def statement_new(request: Request, pk: int) -> HttpResponse:
    """State with a document that something is met, or that something stands against somebody."""
    officer, path = _load(request, pk)
    if not may_state(request.actor, officer, path):
        raise Http404
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attest(officer=officer, by=request.actor, at=clock.now(), **form.said())
            messages.success(request, _("Saved with its document."))
            return redirect("certificates:eligible_person", officer.pk)
        except StatementRefused as error:
            form.add_error(None, str(error))
    context = {"person": officer, "form": form}
    return render(request, "certificates/eligibility/statement.html", context)


@require_http_methods(["GET", "POST"])
def statement_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a statement back, with a reason. It stays readable."""
    statement = get_object_or_404(Attestation.objects.select_related("officer__merged_into"), uid=uid)
    officer = statement.officer.merged_into or statement.officer
    if not may_state(request.actor, statement.officer, unit_path_of(officer, clock.today())):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            take_back(statement=statement, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, _("Taken back. It stays on record and counts no longer."))
            return redirect("certificates:eligible_person", officer.pk)
        except StatementRefused as error:
            form.add_error(None, str(error))
    context = {"person": officer, "statement": statement, "form": form}
    return render(request, "certificates/eligibility/take_back.html", context)
