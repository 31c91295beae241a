"""Verification for anybody: no sign-in, any phone, plain words.

An unknown id gets the same page, of the same size and cost, with status 404: whoever guesses learns nothing.
"""

import uuid
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.models.labels import GROUND_LABELS
from certificates.queries.register import for_public
from certificates.state.training import Ground, State
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import masked_name

# A whole office behind one address may scan at once; somebody who tries ids is slowed down all the same.
MOST_PER_MINUTE = 120


def _too_many(request: Request) -> bool:
    """Count this request against its address in this minute."""
    minute = int(clock.now().timestamp()) // 60
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key) > MOST_PER_MINUTE
    except ValueError:  # the counter was evicted between the two calls
        return False


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
    if _too_many(request):
        return render(request, "certificates/verify_busy.html", status=429)
    certificate = for_public(_uuid(uid), clock.today())
    if certificate is None:
        return render(request, "certificates/verify.html", {"state": "unknown"}, status=404)
    return render(request, "certificates/verify.html", _shown(certificate))


@require_safe
def verify_home(request: Request) -> HttpResponse:
    """How to verify. There is no box for a number: numbers can be guessed, the QR's id cannot."""
    return render(request, "certificates/verify_home.html")
