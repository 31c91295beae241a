"""Pages about the system itself."""

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lianbing.kit import clock, health, local_https


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """That the process answers."""
    del request
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the site can do its work, 503 when it cannot, with what is missing."""
    del request
    state = health.ready(clock.now())
    return JsonResponse({"ready": all(state.values()), **state}, status=200 if all(state.values()) else 503)


@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """The state of the system for its administrator."""
    return render(request, "kit/system.html", health.system(clock.now(), secure=request.is_secure()))


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """How to make a phone trust this site, or what is missing without HTTPS."""
    authority = local_https.authority()
    address = _https_address(request) + reverse("kit:trust")
    context = {
        "secure": request.is_secure(),
        "authority": authority,
        "fingerprint": local_https.fingerprint(authority) if authority else "",
        "address": address,
        "code": segno.make(address, error="m").svg_data_uri(scale=5, border=2) if authority else "",
    }
    return render(request, "kit/trust.html", context)


def _https_address(request: HttpRequest) -> str:
    where = local_https.address()
    if where is None:
        return f"{request.scheme}://{request.get_host()}"
    host = f"[{where}]" if ":" in where else where
    port = request.get_port()
    return f"https://{host}:{port}" if port not in {"80", "443"} else f"https://{host}"


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The certificate of the local authority, as phones want to install it."""
    del request
    if local_https.authority() is None:
        raise Http404
    data = (local_https.folder() / "authority.crt").read_bytes()
    response = HttpResponse(data, content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = (
        f'attachment; filename="{settings.WAGTAIL_SITE_NAME.lower()}-authority.crt"'
    )
    return response
