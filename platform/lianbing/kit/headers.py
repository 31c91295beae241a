"""Which content a page may load: one policy for the product, one for Wagtail's admin, which needs more."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header

CMS_PREFIX = "/cms/"
# What no page of the product asks a browser for.
PERMISSIONS = "geolocation=(), microphone=(), payment=(), usb=()"


class ContentPolicy:
    """Sets the Content-Security-Policy header, built once: django-csp's own middleware builds it per request.

    Stands first, so that files, redirects and refusals of every other middleware carry it too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.product = build_policy(config=settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
        self.cms = build_policy(config=settings.CMS_CONTENT_SECURITY_POLICY)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = self.cms if request.path_info.startswith(CMS_PREFIX) else self.product
        response.headers.setdefault(HEADER, policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if has_vary_header(response, "Cookie"):
            # It depends on who asks, and many ask from one computer: no browser or proxy keeps it.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
