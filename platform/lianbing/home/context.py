"""What every page knows: the name of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Template context for every page."""
    return {"site_name": settings.SITE_NAME, "actor": getattr(request, "actor", None)}
