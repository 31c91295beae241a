"""Signing in, signing out, choosing a password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lianbing.kit import clock
from lianbing.people.forms import PasswordChangeForm, SignInForm
from lianbing.people.ports import reason_to_stay
from lianbing.people.services import accounts


class SignIn(LoginView):
    """The form with `username` and `password`; the session id changes, `next` stays on this site."""

    form_class = SignInForm
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:  # type: ignore[override]  # the stubs know a later Django
        """Where `next` leads, "" when that is nowhere safe or this very page, which would go round for ever."""
        wanted = super().get_redirect_url()
        return "" if wanted.partition("?")[0] == self.request.path else wanted


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and every ticket, unless an app gives a reason to stay and nobody insists."""
    reason = reason_to_stay(request.actor, clock.now())  # type: ignore[attr-defined]  # AccessMiddleware
    if reason and "anyway" not in request.POST:
        return render(request, "people/sign_out_refused.html", {"reason": reason}, status=409)
    accounts.end_tickets(user=request.user)  # type: ignore[arg-type]  # the matrix lets only accounts in
    logout(request)
    response = redirect("people:sign_in")
    if not reason:
        # "cache" only: "storage" would take the journal of answers that still wait in the browser.
        response["Clear-Site-Data"] = '"cache"'
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Choose a password; forced when the present one is a one-time code."""
    user: Any = request.user
    form = PasswordChangeForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accounts.change_password(
            user=user,
            password=form.cleaned_data["new_password1"],
            by=request.actor,  # type: ignore[attr-defined]  # AccessMiddleware
            at=clock.now(),
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("Your new password is in force."))
        return redirect(_next(request))
    forced = user.must_change_password
    return render(request, "people/password_change.html", {"form": form, "forced": forced})
