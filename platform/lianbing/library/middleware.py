"""Whoever the access matrix lets into /cms/ is a member of the group that may write handbook and law texts.

The matrix decides, day by day, who gets in at all; the group only tells Wagtail what they may do there. So
membership is given at the door and never needs taking away: without the role the door stays shut.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from lianbing.library import permissions, services
from lianbing.people.middleware import CMS_PREFIX


class HandbookEditors:
    """Stands after AccessMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Enrol the visitor of /cms/."""
        del view, args, kwargs
        if request.path.startswith(CMS_PREFIX) and permissions.can_edit_handbook(request.actor):  # type: ignore[attr-defined]  # set by AccessMiddleware
            services.admit_editor(user=request.user)  # type: ignore[arg-type]  # signed in, says the matrix
