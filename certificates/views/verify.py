"""Verification for anybody: no sign-in, any phone, plain words.

An unknown id gets the same page, of the same size and cost, with status 404: whoever guesses learns nothing.
"""

import datetime
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.models.labels import GROUND_LABELS
from certificates.queries.register import for_public
from certificates.state.training import Ground, State
from certificates.views import gate
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import masked_name


def held_up(
    request: Request, door: gate.Door, asked: str, at: datetime.datetime, *, keep: str = ""
) -> HttpResponse:
    """Ask the browser to wait and come back by itself, or to go away for a minute. The same for every id.

    `keep` is the rest of the query, quoted, that it comes back with.
    """
    waits = door is gate.Door.WAIT
    context = {
        "wait": gate.ticket(asked, at) if waits else "",
        "seconds": gate.WAIT_SECONDS,
        "path": request.path,
        "keep": keep,
    }
    # Without the frame of other pages: turning somebody away must cost little.
    page = render_to_string("certificates/verify_busy.html", context)
    response = HttpResponse(page, status=429, headers={"Cache-Control": "no-store"})
    response["Retry-After"] = str(gate.WAIT_SECONDS if waits else 60)
    return response


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()  # no certificate has it: the same look-up, the same answer


def _shown(certificate: Any) -> dict[str, object]:
    return {
        "certificate": certificate,
        "state": certificate.state,
        "good": certificate.state in {State.VALID, State.EXPIRING},
        "name": masked_name(certificate.snapshot["name"]),
        "revoked_on": timezone.localtime(certificate.revoked_at).date() if certificate.revoked_at else None,
        "ground": GROUND_LABELS[Ground(certificate.ground)] if certificate.ground else "",
        "today": clock.today(),
    }


@never_cache
@require_safe
def verify(request: Request, uid: str) -> HttpResponse:
    """What the QR of a certificate leads to."""
    at = clock.now()
    door = gate.look_up(request, uid, at)
    if door is not gate.Door.OPEN:
        return held_up(request, door, uid, at)
    certificate = for_public(_uuid(uid), clock.today())
    if certificate is None:
        gate.missed(request, at)
        return render(request, "certificates/verify.html", {"state": "unknown"}, status=404)
    return render(request, "certificates/verify.html", _shown(certificate))


@require_safe
def verify_home(request: Request) -> HttpResponse:
    """How to verify. There is no box for a number: numbers can be guessed, the QR's id cannot."""
    return render(request, "certificates/verify_home.html")
