"""The content categories: see, add, rename, close, sort."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.forms.categories import CategoryForm, NameForm
from courses.models.categories import ContentCategory
from courses.permissions.categories import can_change
from courses.queries.categories import tree
from courses.services import categories
from lianbing.kit import clock
from lianbing.people.request import Request


def _refuse(form: forms.Form, error: categories.CategoryRefused) -> None:
    words = {
        "taken": _("There is a category of this name there already."),
        "too_deep": _("Categories do not lie deeper than this."),
        "closed": _("That category is closed."),
        "not_allowed": _("Only trainers and HR of the whole bureau change categories."),
    }
    form.add_error("name" if error.code == "taken" else None, words[error.code])


def _allow(request: Request) -> None:
    if not can_change(request.actor):
        raise PermissionDenied


@require_safe
def category_list(request: Request) -> HttpResponse:
    """Every category in the order of the tree."""
    context = {"branches": tree(), "may_change": can_change(request.actor)}
    return render(request, "courses/categories/list.html", context)


@require_http_methods(["GET", "POST"])
def category_add(request: Request) -> HttpResponse:
    """A new category."""
    _allow(request)
    form = CategoryForm(request.POST or None, initial={"parent": request.GET.get("under", "")})
    if request.method == "POST" and form.is_valid():
        try:
            categories.add(**form.cleaned_data, by=request.actor, at=clock.now())
        except categories.CategoryRefused as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:categories")
    return render(
        request, "courses/categories/change.html", {"form": form, "title": _("New content category")}
    )


@require_http_methods(["GET", "POST"])
def category_edit(request: Request, pk: int) -> HttpResponse:
    """Rename a category."""
    _allow(request)
    category = get_object_or_404(ContentCategory, pk=pk)
    form = NameForm(request.POST or None, initial={"name": category.name})
    if request.method == "POST" and form.is_valid():
        try:
            categories.rename(
                category=category, name=form.cleaned_data["name"], by=request.actor, at=clock.now()
            )
        except categories.CategoryRefused as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("courses:categories")
    return render(
        request, "courses/categories/change.html", {"form": form, "title": _("Rename a content category")}
    )


@require_POST
def category_close(request: Request, pk: int) -> HttpResponse:
    """Close a category, or open it again (the same button undoes it)."""
    _allow(request)
    category = get_object_or_404(ContentCategory, pk=pk)
    closed = request.POST.get("closed") == "1"
    categories.set_closed(category=category, closed=closed, by=request.actor, at=clock.now())
    messages.success(request, _("Closed. It is offered no more.") if closed else _("Offered again."))
    return redirect("courses:categories")


@require_POST
def category_move(request: Request, pk: int) -> HttpResponse:
    """Move a category up or down among its siblings."""
    _allow(request)
    category = get_object_or_404(ContentCategory, pk=pk)
    categories.move(category=category, up=request.POST.get("up") == "1", by=request.actor, at=clock.now())
    return redirect("courses:categories")
