"""The trainer's desk: many questions changed at once, taken back, and the map of what the bank covers."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import permissions, queries, services
from question_bank.forms import BulkForm, FilterForm
from question_bank.forms.bulk import ValueForm
from question_bank.models import BulkEdit, Pool, Question, QuestionBank
from question_bank.queries import bulk as plans
from question_bank.queries.coverage import coverage_map
from question_bank.rendering import kept_text, left_out_texts, plan_texts, problems_text, value_text

PER_PAGE = 20


@require_POST
def bulk(request: Request, slug: str) -> HttpResponse:
    """Say what would happen to the chosen questions; once somebody agreed to exactly that, do it."""
    bank = get_object_or_404(QuestionBank, slug=slug)
    back = f"{bank.get_absolute_url()}?{request.GET.urlencode()}"
    form = BulkForm(request.POST, allowed=permissions.acts_for(request.actor))
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
        return redirect(back)
    needs = form.value_form()
    if needs is not None and not needs.is_valid():
        return _confirm_page(request, bank, form, needs, None)
    value = needs.cleaned_data["value"] if needs is not None else form.cleaned_data["value"]
    found = _chosen(request, bank, form)
    if form.cleaned_data["sure"] and _did(request, bank, form, found, value):
        return redirect(back)
    return _confirm_page(
        request, bank, form, needs, plans.plan(found, form.cleaned_data["action"], value), value
    )


def _chosen(request: Request, bank: QuestionBank, form: BulkForm) -> QuerySet[Question]:
    if not form.cleaned_data["all"]:
        return plans.ticked(bank, request.actor, form.cleaned_data["questions"])
    asked = FilterForm(request.GET, facets=queries.facets(bank, request.actor))
    return queries.search(bank, actor=request.actor, **asked.wanted())


def _did(request: Request, bank: QuestionBank, form: BulkForm, found: QuerySet[Question], value: Any) -> bool:
    """Whether it was done; if not, a message says why."""
    told = form.cleaned_data
    try:
        services.edit_many(
            bank=bank,
            found=found,
            action=told["action"],
            value=value,
            seen=told["sure"],
            by=request.actor,
            at=clock.now(),
        )
    except services.Changed:
        messages.error(request, _("Something changed in the meantime. Look again at what would happen."))
    except services.TooMany:
        messages.error(request, _("These are more than 10,000 questions. Narrow the filter."))
    except services.NotSound as error:
        messages.error(request, problems_text(error.problems))
    else:
        return True
    return False


def _confirm_page(
    request: Request,
    bank: QuestionBank,
    form: BulkForm,
    needs: ValueForm | None,
    plan: plans.Plan | None,
    value: Any = "",
) -> HttpResponse:
    told = form.cleaned_data
    context = {
        "bank": bank,
        "form": form,
        "needs": needs,
        "plan": plan,
        "label": BulkEdit.Action(told["action"]).label,
        "value": value_text(told["action"], value) if plan else "",
        "doing": plan_texts(plan.counts) if plan else [],
        "left": left_out_texts(plan.counts) if plan else [],
        "query": request.GET.urlencode(),
        "danger": told["action"] == BulkEdit.Action.RETIRE,
    }
    return render(request, "question_bank/bulk.html", context)


@require_safe
def bulk_edits(request: Request) -> HttpResponse:
    """One's own bulk edits, newest first."""
    page = Paginator(plans.bulk_edits_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "question_bank/bulk_edits.html", {"page_obj": page})


@require_safe
def bulk_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One bulk edit, and what its undo could not put back."""
    edit = get_object_or_404(plans.bulk_edits_of(request.actor), uid=uid)
    kept = [(question, kept_text(code)) for question, code in plans.left_as_they_are(edit, request.actor)]
    return render(request, "question_bank/bulk_edit.html", {"edit": edit, "kept": kept})


@require_POST
def bulk_undo(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Put the questions of one's own bulk edit back as they were."""
    edit = get_object_or_404(plans.bulk_edits_of(request.actor), uid=uid)
    try:
        restored = services.undo(edit=edit, by=request.actor, at=clock.now())
    except services.NotAllowedNow:
        messages.error(request, _("This was undone already."))
        return redirect("question_bank:bulk_edit", uid=edit.uid)
    text = ngettext(
        "%(count)s question is as it was before.", "%(count)s questions are as they were before.", restored
    )
    messages.success(request, text % {"count": restored})
    if not edit.kept:
        return redirect(edit.bank)
    text = ngettext(
        "%(count)s question could not be put back.",
        "%(count)s questions could not be put back.",
        len(edit.kept),
    )
    messages.warning(request, text % {"count": len(edit.kept)})
    return redirect("question_bank:bulk_edit", uid=edit.uid)


@require_safe
def coverage(request: Request, slug: str) -> HttpResponse:
    """The map of a bank: knowledge point x kind x difficulty, for all pools or one."""
    bank = get_object_or_404(QuestionBank, slug=slug)
    pool = request.GET.get("pool", "")
    pool = pool if pool in Pool.values else ""
    context = {
        "bank": bank,
        "map": coverage_map(bank, request.actor, pool),
        "pool": pool,
        "pools": Pool.choices,
        "list_url": bank.get_absolute_url(),
        "rest": f"&pool={pool}" if pool else "",
    }
    return render(request, "question_bank/coverage.html", context)
