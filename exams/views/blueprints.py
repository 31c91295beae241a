"""Setting blueprints: sections with lines and a marking rule, against what the bank has."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exams.forms import blueprints as forms
from exams.forms.blueprints import BlueprintForm, Desk, LineForm, SectionForm
from exams.models import Blueprint
from exams.queries import setting as queries
from exams.rendering import misfit_text, section_words
from exams.rules import assembly
from exams.services import setting
from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank.models import QuestionBank
from question_bank.queries import stock

PER_PAGE = 40
Made = list[tuple[SectionForm, list[LineForm]]]


@require_GET
def blueprint_list(request: Request) -> HttpResponse:
    """Every blueprint, newest first."""
    page = Paginator(queries.blueprints(), PER_PAGE).get_page(request.GET.get("page"))
    rows = []
    for one in page.object_list:
        lines = queries.rule_lines(one.lines.all())
        rows.append((one, len(lines), sum(line.count for line in lines), assembly.full_marks(lines)))
    return render(request, "exams/blueprint_list.html", {"page_obj": page, "rows": rows})


def _rule_line(draft: setting.LineDraft, place: int) -> assembly.Line:
    point = draft.knowledge_point
    return assembly.Line(point.pk if point else None, draft.kind, draft.count, draft.marks, place)


def _against_stock(bank: QuestionBank | None, made: Made, *, reserved_only: bool) -> dict[str, Any]:
    """Each section with its readable lines against the bank, exactly and all together, and the totals."""
    drafts = [[(form, forms.line_drafts([form])) for form in lines] for _section, lines in made]
    wanted = [
        _rule_line(one, place)
        for place, lines in enumerate(drafts)
        for _form, found in lines
        for one in found
    ]
    wanted = queries.with_points_below(wanted)
    held = stock(bank, queries.pools(reserved_only=reserved_only)) if bank else {}
    compared = iter(assembly.compare(wanted, held)) if bank else iter(())
    sections, missing = [], 0
    for place, ((section, _lines), lines) in enumerate(zip(made, drafts, strict=True)):
        own = [line for line in wanted if line.section == place]
        rows = [(form, next(compared, None) if found else None) for form, found in lines]
        missing += sum(one.missing for _form, one in rows if one)
        sections.append(
            {
                "form": section,
                "rows": rows,
                "questions": sum(line.count for line in own),
                "marks": assembly.full_marks(own),
                "words": _words(section, own),
            }
        )
    questions, marks = sum(line.count for line in wanted), assembly.full_marks(wanted)
    return {"sections": sections, "questions": questions, "full_marks": marks, "missing": missing}


def _words(section: SectionForm, lines: list[assembly.Line]) -> list[str]:
    """What candidates would be told, as far as the section can be read."""
    if not section.is_valid() or setting.misfits(section.section(), []):
        return []
    return section_words(section.section(), {line.kind for line in lines})


def _editor(request: Request, blueprint: Blueprint | None, form: Any, made: Made) -> HttpResponse:
    chosen = form.cleaned_data.get("bank") if form.is_bound and form.is_valid() else None
    bank = chosen or (blueprint.bank if blueprint else None) or form.initial.get("bank")
    locked = blueprint is not None and blueprint.sittings.exclude(papers_frozen_at=None).exists()
    reserved_only = bool(form["reserved_only"].value())
    context = {"form": form, "blueprint": blueprint, "locked": locked}
    context |= _against_stock(bank, made, reserved_only=reserved_only)
    return render(request, "exams/blueprint_edit.html", context)


def _edit(request: Request, blueprint: Blueprint | None) -> HttpResponse:
    if request.method == "GET":
        initial: dict[str, Any] = {"bank": QuestionBank.objects.first()}
        desk = Desk.classic()
        if blueprint:
            initial = {name: getattr(blueprint, name) for name in ("title", "bank", "reserved_only")}
            desk = Desk.of(queries.sections_in(blueprint), queries.lines_of(blueprint))
        return _editor(request, blueprint, BlueprintForm(initial=initial), desk.forms())
    form, desk = BlueprintForm(request.POST), Desk.posted(request.POST)
    if "act" in request.POST:
        desk.act(request.POST["act"])
        return _editor(request, blueprint, form, desk.forms())
    made = desk.forms()
    drafts = forms.section_drafts(made)
    sound = form.is_valid()
    if drafts == []:
        form.add_error(None, _("Write at least one line."))
    if not sound or not drafts:
        return _editor(request, blueprint, form, made)
    try:
        saved = setting.save_blueprint(
            title=form.cleaned_data["title"],
            bank=form.cleaned_data["bank"],
            reserved_only=form.cleaned_data["reserved_only"],
            sections=drafts,
            by=request.actor,
            at=clock.now(),
            blueprint=blueprint,
        )
    except setting.BlueprintInUse:
        form.add_error(None, _("Papers have been frozen from this blueprint. Make a new one."))
        return _editor(request, blueprint, form, made)
    _tell_stock(request, saved)
    return redirect("exams:blueprint", saved.uid)


def _tell_stock(request: Request, saved: Blueprint) -> None:
    missing = sum(one.missing for one in queries.stock_of(saved))
    if missing:
        text = _("Saved, but the bank lacks %(count)d questions: no paper can be frozen from it yet.")
        messages.warning(request, text % {"count": missing})
    else:
        messages.success(request, _("Saved. The bank can satisfy this blueprint."))


@require_http_methods(["GET", "POST"])
def blueprint_new(request: Request) -> HttpResponse:
    """A new blueprint: the classic sections, to be filled in or changed."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def blueprint(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A blueprint and its sections, with what the bank has beside each line."""
    return _edit(request, get_object_or_404(Blueprint.objects.select_related("bank"), uid=uid))


@require_POST
def blueprint_stock(request: Request) -> HttpResponse:
    """The live stock and totals, and whether each rule fits, for the form as it stands (a fragment for htmx)."""
    made = Desk.posted(request.POST).forms()
    bank = QuestionBank.objects.filter(pk=_number(request.POST.get("bank"))).first()
    reserved_only = bool(BlueprintForm(request.POST)["reserved_only"].value())
    context = {"live": True} | _against_stock(bank, made, reserved_only=reserved_only)
    for told, (section, lines) in zip(context["sections"], made, strict=True):
        asked = [(one.kind, one.marks) for one in forms.line_drafts(lines)]
        found = setting.misfits(section.section(), asked) if section.is_valid() and asked else []
        told["misfits"] = [misfit_text(one) for one in found]
    return render(request, "exams/_stock.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
