"""Signed certificates for machines and for those without a network: credential, keys, status list, a check."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from certificates.forms.credentials import OfflineForm
from certificates.queries.credentials import is_revoked, last_list, public_key, public_keys
from certificates.rendering.credentials import CHECKS, REASONS
from certificates.rules import signing
from certificates.rules.verifying import Trust, Verdict
from certificates.rules.verifying import verify as verify_file
from certificates.services.credentials import status_token, token_of
from certificates.views import gate
from certificates.views.own import load
from certificates.views.verify import held_up
from lianbing.kit import clock
from lianbing.people.request import Request

TOKEN_TYPE = "application/vc+jwt"


@require_GET
def credential(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The certificate as signed credential, for its holder to keep or hand on."""
    certificate, _path = load(request, uid)
    token = token_of(certificate, at=clock.now())
    if not token:
        raise Http404
    response = HttpResponse(token, content_type=TOKEN_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{certificate.number}.jwt"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def keys(request: Request) -> HttpResponse:
    """Every public key, as a file for those who check offline (JWKS)."""
    if gate.too_many(request, "keys", clock.now()):
        return _busy()
    response = JsonResponse({"keys": public_keys()}, content_type="application/jwk-set+json")
    response["Content-Disposition"] = 'inline; filename="certificate-keys.json"'
    return _open(response)


@require_safe
def key(request: Request, kid: str) -> HttpResponse:
    """One public key: where the `kid` of a token leads."""
    if gate.too_many(request, "keys", clock.now()):
        return _busy()
    found = public_key(kid)
    if found is None:
        raise Http404
    return _open(JsonResponse(found, content_type="application/jwk+json"))


@never_cache
@require_safe
def status(request: Request, number: int) -> HttpResponse:
    """A status list, signed at this moment: a revocation shows in it at once."""
    at = clock.now()
    if gate.too_many(request, "status", at):
        return _busy()
    token = status_token(number, at=at) if 0 < number < 2**31 else None
    if token is None:
        raise Http404
    response = HttpResponse(token, content_type=TOKEN_TYPE)
    response["Content-Disposition"] = f'attachment; filename="certificate-status-{number}.jwt"'
    return _open(response)


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: Request) -> HttpResponse:
    """Check the text of a code or a file against the public keys. The browser does so by itself where it can."""
    at = clock.now()
    if gate.too_many(request, "checks", at, gate.CHECKS_A_MINUTE):
        return held_up(request, gate.Door.SHUT, "", at)
    known = public_keys()
    form = OfflineForm(request.POST, request.FILES) if request.method == "POST" else OfflineForm()
    context: dict[str, Any] = {
        "form": form,
        "keys": known,
        "lists": range(1, last_list() + 1),
        "reasons": {code: str(text) for code, text in REASONS.items()},
    }
    if request.method == "POST" and form.is_valid():
        context |= _told(_verdict(form.content(), known))
    return render(request, "certificates/verify_offline.html", context)


def _verdict(data: bytes, known: list[dict[str, Any]]) -> Verdict:
    trust = Trust(
        keys=signing.key_set({"keys": known}),
        at=clock.now(),
        zone=timezone.get_default_timezone(),
        register=is_revoked,
    )
    return verify_file(data, trust)


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "reason": REASONS[verdict.reason] if verdict.reason else "",
        "checked": [(CHECKS[what], ok) for what, ok in verdict.checked],
    }


def _busy() -> HttpResponse:
    response = JsonResponse({"error": "too_many"}, status=429)
    response["Retry-After"] = "60"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """Anybody's page may read it: it is public and says nothing about who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
