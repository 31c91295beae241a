"""A certificate for its holder and for those who look after it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms.training import RevokeForm
from certificates.models import Certificate
from certificates.models.labels import EVENT_LABELS, GROUND_LABELS, STATE_LABELS, STATE_TONES
from certificates.permissions.training import READERS, may_read, may_revoke
from certificates.queries.eligible import HOLDING
from certificates.queries.register import by_uid, of_officer, unit_path_of
from certificates.rendering.credentials import offline_element
from certificates.rendering.training import certificate_pdf, qr_element, verify_url
from certificates.rules.validity import days_left
from certificates.services.issuing import NoReason
from certificates.services.renewing import NotRenewable, check
from certificates.services.revoking import AlreadyRevoked, revoke
from certificates.state.training import IN_FORCE, Ground, State
from certificates.views.enforcement import own_entry
from lianbing.kit import clock
from lianbing.kit.glyphs import lacking
from lianbing.people.request import Request
from lianbing.people.rules import LEARNERS, Role


def load(request: Request, uid: uuid.UUID) -> tuple[Certificate, str | None]:
    """The certificate and the unit path of its holder today, or 404 for whoever may not read it."""
    certificate = by_uid(uid)
    if certificate is None:
        raise Http404
    path = unit_path_of(certificate.officer, clock.today())
    if not may_read(request.actor, certificate, path):
        raise Http404
    return certificate, path


def described(certificate: Certificate, state: str) -> dict[str, Any]:
    """A certificate with the words and colour of its state, for templates."""
    left = days_left(certificate.valid_until, clock.today())
    return {
        "certificate": certificate,
        "state": state,
        "state_label": STATE_LABELS[State(state)],
        "tone": STATE_TONES[State(state)],
        "days_left": left if State(state) in IN_FORCE else None,
    }


@require_GET
def mine(request: Request) -> HttpResponse:
    """One's own certificates. Staff without any go to the register."""
    actor = request.actor
    if not actor.has(*LEARNERS) and actor.has(*READERS):
        return redirect("certificates:overview")
    found = of_officer(actor.officer_id, clock.today()) if actor.officer_id else []
    cards = [described(certificate, certificate.state) for certificate in found]
    held = own_entry(actor, clock.now())
    on_the_road = actor.has(Role.OFFICER) and (held is None or held["standing"].state not in HOLDING)
    context = {"cards": cards, "enforcement": held, "road": on_the_road}
    return render(request, "certificates/mine.html", context)


@require_GET
def detail(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One certificate: for its holder to show, for HR with its history."""
    certificate, path = load(request, uid)
    state = certificate.state_on(clock.today())
    history = [
        {
            "event": event,
            "label": EVENT_LABELS[event.kind],
            "ground": GROUND_LABELS[Ground(event.ground)] if event.ground else "",
        }
        for event in certificate.events.all()
    ]
    own = certificate.officer_id == request.actor.officer_id
    context = {
        **described(certificate, state),
        "own": own,
        "history": history,
        "qr": qr_element(certificate),
        "offline": offline_element(certificate),
        "verify_url": verify_url(certificate),
        "renewable": _renewable(request, certificate, path),
        "successor": getattr(certificate, "renewed_by", None),
        "lacking": lacking(
            "".join(str(certificate.snapshot.get(name, "")) for name in ("name", "unit", "title"))
        ),
        "revocable": state is not State.REVOKED and may_revoke(request.actor, certificate, path),
    }
    return render(request, "certificates/detail.html", context)


def _renewable(request: Request, certificate: Certificate, path: str | None) -> bool:
    """Whether the button to renew is shown: HR may, and nothing stands against it."""
    if not may_revoke(request.actor, certificate, path):
        return False
    try:
        check(certificate, by=request.actor, at=clock.now())
    except NotRenewable:
        return False
    return True


@require_GET
def pdf(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The certificate as a PDF file."""
    certificate, _path = load(request, uid)
    response = HttpResponse(certificate_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def revoke_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Ask why, then revoke."""
    certificate, path = load(request, uid)
    if not may_revoke(request.actor, certificate, path):
        raise Http404
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(
                certificate=certificate,
                ground=Ground(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect(certificate)
        except (AlreadyRevoked, NoReason) as error:
            form.add_error(None, str(error))
    return render(request, "certificates/revoke.html", {"certificate": certificate, "form": form})
