"""Whoever the access matrix lets into /cms/ is a member of the group that may write handbook and law texts.

The matrix decides, day by day, who gets in at all; the group only tells Wagtail what they may do there. So
membership is given at the door and never needs taking away: without the role the door stays shut.
"""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from lianbing.library import permissions, services
from lianbing.people.middleware import CMS_PREFIX

# What Wagtail brings along and nobody here has business with: its test pages, accounts, sites, reviews of its own.
CLOSED = re.compile(
    CMS_PREFIX
    + r"(?:failwhale|test404|users|groups|sites|redirects|collections|workflows|embeds|password_reset"
    r"|choose-external-link|pages/\d+/(?:privacy|set_position)|snippets/choose/\w+/\w+/create)/"
)


class HandbookEditors:
    """Stands after AccessMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Enrol the visitor of /cms/. Raises Http404 for what stays closed to everybody."""
        del view, args, kwargs
        if CLOSED.match(request.path):
            raise Http404
        if request.path.startswith(CMS_PREFIX) and permissions.can_edit_handbook(request.actor):  # type: ignore[attr-defined]  # set by AccessMiddleware
            services.admit_editor(user=request.user)  # type: ignore[arg-type]  # signed in, says the matrix

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What others rest on (a circulated document, a file that a document shows) is not deleted in the editor.

        Wagtail reads its own forms without looking whether all of it came: half a form is a bad request.
        """
        if not request.path.startswith(CMS_PREFIX):
            return None
        if isinstance(exception, MultiValueDictKeyError):
            raise BadRequest from exception
        if not isinstance(exception, ProtectedError):
            return None
        messages.error(
            request, _("This is in use and stays: a document shows it, or people were given it to read.")
        )
        return redirect("wagtailadmin_home")
