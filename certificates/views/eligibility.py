"""Eligibility: one's own page "you have, you still need", HR's list, and one person with what HR stated."""

import datetime
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.eligibility import EligibleForm, ReasonForm, StatementForm
from certificates.models import Attestation
from certificates.models.enforcement_labels import STATE_LABELS, STATE_TONES
from certificates.models.qualifying_labels import ELIGIBILITY_LABELS, ELIGIBILITY_TONES, PROPOSED_LABELS
from certificates.permissions.eligibility import READERS, may_look, may_state, reading_scopes
from certificates.queries.eligibility import in_force, statements_of, verdicts
from certificates.queries.eligible import BARRED, HOLDS, LACKS, READY, Lines, lines, one, standing_of
from certificates.queries.register import unit_path_of
from certificates.rendering.eligibility import rows, short, summary
from certificates.rules.proposing import Proposed
from certificates.services.eligibility import StatementRefused, attest, export, take_back
from certificates.state.enforcement import State
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import LEARNERS, Role

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TILES = (("", "people"), (READY, READY), (LACKS, LACKS), (HOLDS, HOLDS), (BARRED, BARRED))


def judged(person: Any, on: datetime.date, *, own: bool) -> dict[str, Any]:
    """How one person (`queries.eligible.one`) stands to the rules in force, in words, for templates."""
    rules, state = in_force(on), State(person.standing)
    context: dict[str, Any] = {
        "person": person,
        "rules": rules,
        "state_label": STATE_LABELS[state],
        "state_tone": STATE_TONES[state],
        "proposed": PROPOSED_LABELS[Proposed(person.proposed)] if person.proposed else "",
    }
    if rules is None:
        return context
    verdict = verdicts([person], rules.rule, on)[person.pk]
    standing = standing_of(verdict, state)
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
    actor, today = request.actor, clock.today()
    person = one(actor.officer_id, today) if actor.officer_id and actor.has(*LEARNERS) else None
    if person is None:
        if actor.has(*READERS):
            return redirect("certificates:eligible_people")
        raise Http404
    return render(request, "certificates/eligibility/own.html", judged(person, today, own=True))


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


def _load(request: Request, pk: int) -> tuple[Any, str | None]:
    """The person (`queries.eligible.one`) and where they serve, or 404 for whoever may not read them."""
    today = clock.today()
    person = one(pk, today)
    if person is None:
        raise Http404
    path = unit_path_of(person, today)
    if not may_look(request.actor, path):
        raise Http404
    return person, path


@require_GET
def person(request: Request, pk: int) -> HttpResponse:
    """One person: how they stand, what HR stated with documents, what may be stated."""
    found, path = _load(request, pk)
    states = may_state(request.actor, found, path)
    context = judged(found, clock.today(), own=False)
    context |= {"statements": list(statements_of(found.pk)), "states": states}
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
