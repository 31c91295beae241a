"""Setting an exam: sittings, and freezing the papers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from exams.forms import SittingForm
from exams.models import Sitting
from exams.permissions import can_run_sitting
from exams.queries import setting as queries
from exams.queries.citing import lapsing
from exams.queries.sittings import state_of, visible_sittings
from exams.rendering import freeze_text
from exams.rules import assembly
from exams.services import papers, setting
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role

PER_PAGE = 40


@require_GET
def sitting_list(request: Request) -> HttpResponse:
    """The sittings one may set or watch."""
    now = clock.now()
    page = Paginator(visible_sittings(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, state_of(one, now)) for one in page.object_list]
    sets = request.actor.has(Role.EXAM_ADMINISTRATOR)
    return render(request, "exams/sitting_list.html", {"page_obj": page, "rows": rows, "sets": sets})


def own_sitting(request: Request, uid: uuid.UUID) -> Sitting:
    """A sitting the actor may run. Any other does not exist for them."""
    sitting = get_object_or_404(Sitting.objects.select_related("blueprint__bank", "unit"), uid=uid)
    if not can_run_sitting(request.actor, sitting):
        raise Http404
    return sitting


def _sitting_form(request: Request, sitting: Sitting | None, title: str) -> HttpResponse:
    form = SittingForm(request.POST or None, instance=sitting, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = setting.save_sitting(
                values={name: data[name] for name in setting.SITTING_FIELDS},
                units=data["units"],
                posts=data["posts"],
                by=request.actor,
                at=clock.now(),
                sitting=sitting,
            )
            return redirect("exams:sitting", saved.uid)
        except setting.AlreadyFrozen:
            form.add_error(None, freeze_text("already_frozen"))
    return render(request, "exams/sitting_edit.html", {"form": form, "sitting": sitting, "title": title})


@require_http_methods(["GET", "POST"])
def sitting_new(request: Request) -> HttpResponse:
    """A new sitting."""
    return _sitting_form(request, None, _("New sitting"))


@require_http_methods(["GET", "POST"])
def sitting_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Change a sitting whose papers are not frozen."""
    sitting = own_sitting(request, uid)
    if sitting.papers_frozen_at:
        return redirect("exams:sitting", uid)
    return _sitting_form(request, sitting, sitting.title)


@require_GET
def sitting(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One sitting: what it is, where it stands, what to do next."""
    now = clock.now()
    found = get_object_or_404(visible_sittings(request.actor), uid=uid)
    lines = queries.lines_of(found.blueprint)
    context = {
        "sitting": found,
        "state": state_of(found, now),
        "runs": can_run_sitting(request.actor, found),
        "questions": sum(line.count for line in lines),
        "full_marks": sum(line.total for line in lines),
        "law_changes": lapsing(found) if found.papers_frozen_at and now < found.closes_at else 0,
        "units": list(found.units.all()),
        "posts": list(found.posts.all()),
        "categories": found.categories,
    }
    return render(request, "exams/sitting.html", context)


def _shortfall(lines: Sequence[Any], compared: Sequence[assembly.LineStock]) -> list[tuple[Any, Any]]:
    return [pair for pair in zip(lines, compared, strict=True) if pair[1].missing]


@require_http_methods(["GET", "POST"])
def freeze(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Look at what freezing will do, and do it."""
    sitting = own_sitting(request, uid)
    now = clock.now()
    if sitting.papers_frozen_at:
        return redirect("exams:sitting", uid)
    error = ""
    if request.method == "POST":
        try:
            done = papers.freeze_papers(sitting=sitting, by=request.actor, at=now)
        except papers.CannotFreeze as refused:
            error = freeze_text(refused.code)
        except papers.Shortfall:
            error = freeze_text("shortfall")
        else:
            messages.success(request, _("%(count)d papers are frozen.") % {"count": done.papers})
            if done.left_out:
                text = _("%(count)d auxiliaries were left out: this is a qualification exam.")
                messages.warning(request, text % {"count": done.left_out})
            return redirect("exams:sitting", uid)
    lines = queries.lines_of(sitting.blueprint)
    context = {
        "sitting": sitting,
        "error": error,
        "invited": queries.audience(sitting, timezone.localtime(now).date()).count(),
        "short": _shortfall(lines, queries.stock_of(sitting.blueprint, max(now, sitting.opens_at))),
        "questions": sum(line.count for line in lines),
        "full_marks": sum(line.total for line in lines),
    }
    return render(request, "exams/freeze.html", context, status=409 if error else 200)
