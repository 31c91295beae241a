"""What every page knows: the name of the site, who is there, and where they can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from lianbing.home.queries import Navigation, navigation


def _navigation(request: HttpRequest) -> Navigation:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or user.must_change_password:
        return Navigation()
    return navigation(request.actor, request.path)  # type: ignore[attr-defined]


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context for every page: `site_title`, `actor` and, made only when asked for, `navigation`.

    Not `site_name`: Django's sign-in view puts the host under that name.
    """
    return {
        "site_title": settings.SITE_NAME,
        "actor": getattr(request, "actor", None),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
    }
