"""What the views of the people app share: the actor, and refusals in words."""

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from lianbing.people.models import Officer, role_name
from lianbing.people.permissions import can_see
from lianbing.people.queries import place_of
from lianbing.people.rules import Actor
from lianbing.people.services.accounts import AccountRefused
from lianbing.people.services.officers import OfficerRefused
from lianbing.people.services.units import UnitRefused

PER_PAGE = 50
WORDS = {
    "left": _("This person has left the service."),
    "merged": _("This record was merged into another."),
    "closed_unit": _("This unit is closed."),
    "same": _("These are one and the same record."),
    "no_change": _("The person serves there already on that day."),
    "too_early": _("The day must come after the first appointment."),
    "has_roles": _("This account still holds roles. The security administrator must withdraw them first."),
    "taken": _("This exists already."),
    "not_empty": _("People still serve there. Move them first."),
    "not_allowed": _("You may not do this for this person or unit."),
    "whole": _("An administrator's role covers the whole bureau: choose no unit."),
    "inactive": _("This account is disabled."),
    "unknown": _("This does not exist any more."),
}


def actor_of(request: HttpRequest) -> Actor:
    """The person behind the request, put there by AccessMiddleware."""
    return request.actor  # type: ignore[attr-defined, no-any-return]  # set by AccessMiddleware


def words(error: AccountRefused | OfficerRefused | UnitRefused) -> str:
    """A refusal as a sentence for the user."""
    if error.code == "conflict":
        held = role_name(error.details["role"])
        return str(
            _("The person is already %(role)s. The three administrators must be three people.")
            % {"role": held}
        )
    return str(WORDS[error.code])


def page_of(request: HttpRequest, rows: object) -> Page:
    """The page of a list that the request asks for; a wrong number gives the nearest page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]  # list or query


def officer_or_404(request: HttpRequest, pk: int, on: object) -> Officer:
    """The officer when the person behind the request may see them."""
    officer = Officer.objects.select_related("user", "merged_into").filter(pk=pk).first()
    if officer is None or not can_see(actor_of(request), place_of(officer, on)):  # type: ignore[arg-type]  # a date
        raise Http404
    return officer
