"""Proposals after a failed change exam: the list, one with its evidence, the decision of a person, the answer."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.forms.eligibility import AnswerForm, ConfirmForm, ReasonForm
from certificates.models import Proposal
from certificates.models.enforcement_labels import STATE_LABELS, STATE_TONES
from certificates.models.qualifying_labels import PROPOSAL_STATE_TONES, PROPOSED_TONES
from certificates.permissions.eligibility import is_concerned, may_decide, may_look, reading_scopes
from certificates.queries.duty import standings
from certificates.queries.proposals import in_units
from certificates.queries.register import unit_path_of
from certificates.rules.proposing import Proposed
from certificates.services.enforcement.changing import NotEligible, Oneself, Refused
from certificates.services.proposals import ProposalRefused, confirm, dismiss, state_case
from lianbing.kit import clock
from lianbing.people.request import Request

PER_PAGE = 50
REFUSALS = (ProposalRefused, Refused, NotEligible, Oneself)


def described(proposal: Proposal) -> dict[str, Any]:
    """A proposal with the colours of its words, for templates."""
    return {
        "proposal": proposal,
        "tone": PROPOSED_TONES[Proposed(proposal.proposed)],
        "state_tone": PROPOSAL_STATE_TONES[proposal.state],
    }


@require_GET
def proposal_list(request: Request) -> HttpResponse:
    """What waits for a decision in my units, and what was decided."""
    state = request.GET.get("state", Proposal.State.OPEN)
    found = in_units(reading_scopes(request.actor), clock.today(), state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [described(one) for one in page],
        "states": [("all", _("All")), *Proposal.State.choices],
        "state": state,
    }
    return render(request, "certificates/proposals/list.html", context)


def _load(request: Request, uid: uuid.UUID) -> tuple[Proposal, str | None]:
    """The proposal and where the person serves, or 404 for whoever may not read it."""
    proposal = get_object_or_404(Proposal.objects.select_related("officer", "rules"), uid=uid)
    path = unit_path_of(proposal.officer, clock.today())
    if not (is_concerned(request.actor, proposal) or may_look(request.actor, path)):
        raise Http404
    return proposal, path


def _moments(evidence: dict[str, Any]) -> dict[str, Any]:
    """The evidence with its moments as moments, for the dates of templates."""
    read = datetime.datetime.fromisoformat
    return evidence | {
        "fails": [read(moment) for moment in evidence["fails"]],
        "passed_at": read(evidence["passed_at"]) if evidence["passed_at"] else None,
        "suspended_at": read(evidence["suspended_at"]) if evidence["suspended_at"] else None,
    }


def _page(request: Request, proposal: Proposal, path: str | None, form: AnswerForm | None) -> HttpResponse:
    duty = standings([proposal.officer_id], clock.now())[proposal.officer_id]
    concerned, waits = is_concerned(request.actor, proposal), proposal.state == Proposal.State.OPEN
    context = described(proposal) | {
        "evidence": _moments(proposal.evidence),
        "statements": list(proposal.statements.all()),
        "duty": duty,
        "duty_label": STATE_LABELS[duty.state],
        "duty_tone": STATE_TONES[duty.state],
        "concerned": concerned,
        "waits": waits,
        "decides": waits and may_decide(request.actor, proposal, path),
        "form": form or AnswerForm() if concerned and waits else None,
    }
    return render(request, "certificates/proposals/detail.html", context)


@require_GET
def detail(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One proposal: what, why, on what evidence, what the person says, what became of it."""
    proposal, path = _load(request, uid)
    return _page(request, proposal, path, None)


@require_POST
def answer(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The person concerned states their case."""
    proposal, path = _load(request, uid)
    if not is_concerned(request.actor, proposal):
        raise Http404
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            state_case(proposal=proposal, text=form.cleaned_data["text"], by=request.actor, at=clock.now())
            messages.success(request, _("Your statement stands beside the proposal."))
            return redirect(proposal)
        except ProposalRefused as error:
            messages.error(request, str(error))
            return redirect(proposal)
    return _page(request, proposal, path, form)


def _to_decide(request: Request, uid: uuid.UUID) -> Proposal:
    proposal, path = _load(request, uid)
    if not may_decide(request.actor, proposal, path):
        raise Http404
    return proposal


@require_http_methods(["GET", "POST"])
def confirm_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Do what is proposed: from which day, on which document."""
    proposal = _to_decide(request, uid)
    if proposal.state != Proposal.State.OPEN:
        return redirect(proposal)
    form = ConfirmForm(request.POST or None, today=clock.today())
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("on", "document_no", "note")}
        try:
            confirm(proposal=proposal, by=request.actor, at=clock.now(), **said)
            messages.success(request, _("Entered in the register. It holds everywhere from now on."))
            return redirect(proposal)
        except REFUSALS as error:
            form.add_error(None, str(error))
    return render(request, "certificates/proposals/confirm.html", described(proposal) | {"form": form})


@require_http_methods(["GET", "POST"])
def dismiss_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Leave everything as it is, and say why."""
    proposal = _to_decide(request, uid)
    if proposal.state != Proposal.State.OPEN:
        return redirect(proposal)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(proposal=proposal, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now())
            messages.success(request, _("Dismissed. The same failure is not proposed again."))
            return redirect(proposal)
        except ProposalRefused as error:
            form.add_error(None, str(error))
    return render(request, "certificates/proposals/dismiss.html", described(proposal) | {"form": form})
