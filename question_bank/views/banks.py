"""Banks and their lists."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.people.request import Request
from question_bank import kinds, permissions, queries, services
from question_bank.forms import BankForm, BankRuleForm, FilterForm, PointsForm
from question_bank.models import KINDS, KnowledgePoint, QuestionBank

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


@require_http_methods(["GET", "POST"])
def points(request: Request) -> HttpResponse:
    """The tree of knowledge points, and which of them cite no law by their nature."""
    exempt = KnowledgePoint.objects.filter(cites_none=True)
    form = PointsForm(request.POST or None, initial={"points": exempt})
    if request.method == "POST" and form.is_valid():
        services.exempt_points(points=form.cleaned_data["points"], by=request.actor, at=clock.now())
        messages.success(request, _("The knowledge points were changed."))
        return redirect("question_bank:points")
    return render(request, "question_bank/points.html", {"form": form})


@require_safe
def bank(request: Request, slug: str) -> HttpResponse:
    """One bank: its questions under filters, and what is in stock."""
    found = get_object_or_404(QuestionBank, slug=slug)
    form = FilterForm(request.GET, points=queries.points_of(found))
    page = Paginator(queries.search(found, actor=request.actor, **form.wanted()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "question_bank/bank.html",
        {
            "bank": found,
            "form": form,
            "page_obj": page,
            "kinds": KINDS,
            "stock": queries.stock_table(found, kinds.names()),
            "may_write": permissions.can_write(request.actor),
            "may_rule": permissions.can_rule(request.actor),
        },
    )


@require_safe
def bank_print(request: Request, slug: str) -> HttpResponse:
    """The filtered questions for paper: first as asked, then the keys. At most 200."""
    found = get_object_or_404(QuestionBank, slug=slug)
    form = FilterForm(request.GET, points=queries.points_of(found))
    questions = list(queries.search(found, actor=request.actor, **form.wanted())[:PRINTED])
    return render(request, "question_bank/bank_print.html", {"bank": found, "questions": questions})
