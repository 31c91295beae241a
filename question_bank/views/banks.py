"""Banks and their lists."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import permissions, queries, services
from question_bank.forms import BankForm, BankRuleForm, BulkForm, FilterForm
from question_bank.models import KINDS, QuestionBank
from question_bank.queries.bulk import last_edit_in

PER_PAGE = 30
PRINTED = 200


@require_safe
def home(request: Request) -> HttpResponse:
    """All banks with their counts."""
    return render(
        request,
        "question_bank/home.html",
        {
            "banks": queries.banks_with_counts(),
            "may_write": permissions.can_write(request.actor),
            "may_rule": permissions.can_rule(request.actor),
        },
    )


@require_http_methods(["GET", "POST"])
def bank_new(request: Request) -> HttpResponse:
    """A form for a new bank."""
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        bank = services.make_bank(**form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("The bank was made."))
        return redirect(bank)
    return render(request, "question_bank/bank_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def bank_edit(request: Request, slug: str) -> HttpResponse:
    """The name and the review rule of a bank."""
    found = get_object_or_404(QuestionBank, slug=slug)
    form = BankRuleForm(request.POST or None, instance=get_object_or_404(QuestionBank, slug=slug))
    if request.method == "POST" and form.is_valid():
        services.change_bank(bank=found, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("The bank was changed."))
        return redirect(found)
    return render(request, "question_bank/bank_form.html", {"form": form, "bank": found})


@require_safe
def bank(request: Request, slug: str) -> HttpResponse:
    """One bank: its questions under filters, and what can be done with many of them."""
    found = get_object_or_404(QuestionBank, slug=slug)
    form = FilterForm(request.GET, facets=queries.facets(found, request.actor))
    questions = queries.search(found, actor=request.actor, **form.wanted())
    page = queries.page_of(questions, request.GET.get("page"), PER_PAGE)
    return render(
        request,
        "question_bank/bank.html",
        {
            "bank": found,
            "form": form,
            "chips": list(form.chips()),
            "page_obj": page,
            "bulk_form": BulkForm(allowed=permissions.acts_for(request.actor)),
            "last_edit": last_edit_in(found, request.actor, clock.now()),
            "kinds": KINDS,
            "may_write": permissions.can_write(request.actor),
            "may_rule": permissions.can_rule(request.actor),
        },
    )


@require_safe
def bank_print(request: Request, slug: str) -> HttpResponse:
    """The filtered questions for paper: first as asked, then the keys. At most 200."""
    found = get_object_or_404(QuestionBank, slug=slug)
    form = FilterForm(request.GET, facets=queries.facets(found, request.actor))
    questions = list(queries.search(found, actor=request.actor, **form.wanted())[:PRINTED])
    return render(request, "question_bank/bank_print.html", {"bank": found, "questions": questions})
