"""The access matrix at the door: every request is checked against the rule of its route."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from lianbing.kit import clock
from lianbing.people.ports import rule_for
from lianbing.people.queries import actor_for
from lianbing.people.rules import NOBODY, Actor

CMS_PREFIX = "/cms/"


def _actor(request: HttpRequest) -> Actor:
    return actor_for(request.user, clock.today()) if request.user.is_authenticated else NOBODY


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in first, then on to the same page; an act that was lost on the way is not a page to go on to."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect(settings.LOGIN_URL)


class AccessMiddleware:
    """Denies what no ROUTES declares; puts the lazily loaded actor on `request.actor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the request through; anything else ends it here."""
        del view, args, kwargs
        match = request.resolver_match
        name = "cms" if request.path.startswith(CMS_PREFIX) else (match.view_name if match else "")
        rule = rule_for(name)
        if rule is None:
            raise PermissionDenied(f"route {name or request.path} is not in the access matrix")
        if rule.public or rule.ticket:
            return None
        if not request.user.is_authenticated:
            if request.headers.get("accept", "").startswith("application/json"):
                return JsonResponse({"error": "signed_out"}, status=401)
            return _to_sign_in(request)
        if request.user.must_change_password and not rule.during_password_change:
            return redirect("people:password_change")
        if not rule.everybody and request.actor.roles.isdisjoint(rule.roles):  # type: ignore[attr-defined]
            raise PermissionDenied
        return None
