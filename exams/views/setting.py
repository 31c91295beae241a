"""Setting an exam: blueprints against the stock, sittings, freezing the papers."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.forms import SPARE_LINES, BlueprintForm, SittingForm, line_formset, posted_formset
from exams.models import Blueprint, Sitting
from exams.permissions import can_run_sitting
from exams.queries import setting as queries
from exams.queries.sittings import state_of, visible_sittings
from exams.rendering import freeze_text
from exams.rules import assembly
from exams.services import papers, setting
from lianbing.kit import clock
from lianbing.people.request import Request
from lianbing.people.rules import Role
from question_bank.models import QuestionBank
from question_bank.queries import stock

PER_PAGE = 40


@require_GET
def blueprint_list(request: Request) -> HttpResponse:
    """Every blueprint, newest first."""
    page = Paginator(queries.blueprints(), PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for one in page.object_list:
        lines = queries.rule_lines(one.lines.all())
        rows.append((one, len(lines), sum(line.count for line in lines), assembly.full_marks(lines)))
    return render(request, "exams/blueprint_list.html", {"page_obj": page, "rows": rows})


def _drafts(formset: Any) -> list[setting.LineDraft]:
    forms = [form for form in formset.forms if form.is_valid()]
    return [draft for draft in (form.draft() for form in forms if form.cleaned_data) if draft]


def _rule_line(draft: setting.LineDraft) -> assembly.Line:
    point = draft.knowledge_point
    return assembly.Line(point.pk if point else None, draft.kind, draft.count, draft.marks)


def _against_stock(bank: QuestionBank | None, formset: Any) -> dict[str, Any]:
    """Each readable line against the bank, beside the form that holds it, and the totals."""
    rows: list[tuple[Any, assembly.LineStock | None]] = []
    places = [
        form.is_valid() and bool(form.cleaned_data) and form.draft() is not None for form in formset.forms
    ]
    drafts = _drafts(formset)
    lines = [_rule_line(draft) for draft in drafts]
    compared = iter(assembly.compare(lines, stock(bank))) if bank else iter(())
    for form, readable in zip(formset.forms, places, strict=True):
        rows.append((form, next(compared, None) if readable else None))
    return {
        "rows": rows,
        "questions": sum(line.count for line in lines),
        "full_marks": assembly.full_marks(lines),
        "missing": sum(one.missing for _form, one in rows if one),
    }


def _editor(request: Request, blueprint: Blueprint | None, form: Any, formset: Any) -> HttpResponse:
    chosen = form.cleaned_data.get("bank") if form.is_bound and form.is_valid() else None
    bank = chosen or (blueprint.bank if blueprint else None) or form.initial.get("bank")
    locked = blueprint is not None and blueprint.sittings.exclude(papers_frozen_at=None).exists()
    context = {"form": form, "formset": formset, "blueprint": blueprint, "locked": locked}
    return render(request, "exams/blueprint_edit.html", context | _against_stock(bank, formset))


def _edit(request: Request, blueprint: Blueprint | None) -> HttpResponse:
    if request.method == "GET":
        initial: dict[str, Any] = {"bank": QuestionBank.objects.first()}
        if blueprint:
            initial = {"title": blueprint.title, "bank": blueprint.bank}
        lines = queries.lines_of(blueprint) if blueprint else []
        return _editor(request, blueprint, BlueprintForm(initial=initial), line_formset(lines))
    form = BlueprintForm(request.POST)
    if "add" in request.POST:
        return _editor(request, blueprint, form, posted_formset(request.POST, more=SPARE_LINES))
    formset = posted_formset(request.POST)
    if not (form.is_valid() and formset.is_valid()):
        return _editor(request, blueprint, form, formset)
    drafts = _drafts(formset)
    if not drafts:
        form.add_error(None, _("Write at least one line."))
        return _editor(request, blueprint, form, formset)
    try:
        saved = setting.save_blueprint(
            title=form.cleaned_data["title"],
            bank=form.cleaned_data["bank"],
            lines=drafts,
            by=request.actor,
            at=clock.now(),
            blueprint=blueprint,
        )
    except setting.BlueprintInUse:
        form.add_error(None, _("Papers have been frozen from this blueprint. Make a new one."))
        return _editor(request, blueprint, form, formset)
    missing = sum(one.missing for one in queries.stock_of(saved))
    if missing:
        text = _("Saved, but the bank lacks %(count)d questions: no paper can be frozen from it yet.")
        messages.warning(request, text % {"count": missing})
    else:
        messages.success(request, _("Saved. The bank can satisfy this blueprint."))
    return redirect("exams:blueprint", saved.uid)


@require_http_methods(["GET", "POST"])
def blueprint_new(request: Request) -> HttpResponse:
    """A new blueprint."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def blueprint(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A blueprint and its lines, with what the bank has beside each."""
    return _edit(request, get_object_or_404(Blueprint.objects.select_related("bank"), uid=uid))


@require_POST
def blueprint_stock(request: Request) -> HttpResponse:
    """The live stock beside each line, for the form as it stands (a fragment for htmx)."""
    formset = posted_formset(request.POST)
    bank = QuestionBank.objects.filter(pk=_number(request.POST.get("bank"))).first()
    return render(request, "exams/_stock.html", {"live": True} | _against_stock(bank, formset))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


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
        "short": _shortfall(lines, queries.stock_of(sitting.blueprint)),
        "questions": sum(line.count for line in lines),
        "full_marks": sum(line.total for line in lines),
    }
    return render(request, "exams/freeze.html", context, status=409 if error else 200)
