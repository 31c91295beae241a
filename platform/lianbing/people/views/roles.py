"""Roles, accounts and the access matrix, for the security administrator."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.kit.addresses import addresses
from lianbing.people import ports, queries
from lianbing.people.forms import GrantForm
from lianbing.people.models import RoleGrant, Unit, User, role_name
from lianbing.people.rules import Role
from lianbing.people.services import accounts, roles
from lianbing.people.services.accounts import AccountRefused
from lianbing.people.views.common import actor_of, page_of, words


@require_http_methods(["GET", "POST"])
def role_list(request: HttpRequest) -> HttpResponse:
    """Who holds which role over which units; grant another; find an account."""
    units = Unit.objects.filter(closed_on=None).order_by("path")
    form = GrantForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid() and _grant(request, form):
        return redirect("people:role_list")
    text = request.GET.get("q", "").replace("\x00", "").strip()[:50]
    today = clock.today()
    grants = RoleGrant.objects.filter(queries.serving_on(today)).select_related("user", "unit")
    found: list[User] = []
    if text:
        match = Q(name__icontains=text) | Q(staff_number__startswith=text)
        grants = grants.filter(Q(user__name__icontains=text) | Q(user__staff_number__startswith=text))
        found = list(User.objects.filter(match).order_by("staff_number")[:20])
    page = page_of(request, grants.order_by("user__staff_number", "role", "pk"))
    context = {"form": form, "page_obj": page, "q": text, "accounts": found, "me": actor_of(request).user_id}
    return render(request, "people/role_list.html", context)


def _grant(request: HttpRequest, form: Any) -> bool:
    data = form.cleaned_data
    user = User.objects.filter(staff_number=data["staff_number"].strip()).first()
    if user is None:
        form.add_error("staff_number", _("Nobody has this staff number."))
        return False
    try:
        roles.grant_role(
            user=user, role=Role(data["role"]), unit=data["unit"], by=actor_of(request), at=clock.now()
        )
    except AccountRefused as error:
        form.add_error(None, words(error))
        return False
    messages.success(
        request, _("%(name)s is now %(role)s.") % {"name": user.name, "role": role_name(data["role"])}
    )
    return True


@require_POST
def role_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role at once."""
    grant = get_object_or_404(RoleGrant.objects.select_related("user"), pk=pk)
    try:
        roles.withdraw_role(grant=grant, by=actor_of(request), at=clock.now())
        messages.success(request, _("The role is withdrawn."))
    except AccountRefused as error:
        messages.error(request, words(error))
    return redirect("people:role_list")


@require_POST
def account_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Disable an account at once, or enable it again; a reason is asked for."""
    user = get_object_or_404(User, pk=pk)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:200]
    active = request.POST.get("active") == "1"
    if not reason:
        messages.error(request, _("A reason is needed."))
        return redirect("people:role_list")
    try:
        accounts.set_active(user=user, active=active, reason=reason, by=actor_of(request), at=clock.now())
        messages.success(request, _("The account is enabled.") if active else _("The account is disabled."))
    except AccountRefused as error:
        messages.error(request, words(error))
    return redirect("people:role_list")


@require_safe
def access_matrix(request: HttpRequest) -> HttpResponse:
    """Every route and who may use it: the matrix the middleware enforces."""
    rows = [
        {
            "route": addresses().get(name, f"/{name}/"),
            "rule": rule,
            "cells": [
                "open" if rule.public else "ticket" if rule.ticket else role in rule.roles for role in Role
            ],
        }
        for name, rule in ports.matrix()
    ]
    return render(
        request, "people/access_matrix.html", {"rows": rows, "roles": [role_name(role) for role in Role]}
    )
