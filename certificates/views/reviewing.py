"""The desk of reviews: who is due, what their year says, and deciding a list at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.forms.reviewing import DecisionForm, NamedForm, ReviewFilter
from certificates.models.review_labels import EXAM_LABELS, LACK_LABELS
from certificates.permissions.reviewing import DECIDERS
from certificates.queries.enforcement_rules import in_force
from certificates.queries.reviewing import Line, due, entries_of, holders, lines, untrained_units
from certificates.rules.reviewing import review_year, units_must_train
from certificates.services.reviewing import Decided, NoDocument, decide, withdraw_unit
from lianbing.kit import clock
from lianbing.people.models import Unit
from lianbing.people.request import Request

PER_PAGE = 50


def shown(line: Line) -> dict[str, Any]:
    """A line with its words."""
    return {
        "line": line,
        "exam": EXAM_LABELS[line.evidence.exam],
        "lacks": [LACK_LABELS[one] for one in line.lacks],
        "entry": f"{line.holding.uid}:{line.holding.event_count}",
    }


@require_GET
def desk(request: Request) -> HttpResponse:
    """Who is due for review, with the evidence of the year and what it proposes."""
    rules, today = in_force(), clock.today()
    form = ReviewFilter(request.GET, scopes=request.actor.scopes(*DECIDERS), today=today)
    page = Paginator(due(form.paths, today, rules), PER_PAGE).get_page(request.GET.get("page"))
    rows = [shown(line) for line in lines(list(page), form.about, today, rules)]
    units = untrained_units(form.paths, form.about, today, rules) if units_must_train(rules) else []
    context = {
        "form": form,
        "year": form.about,
        "page_obj": page,
        "rows": rows,
        "rules": rules,
        "units": units,
        "proposed": sum(not row["lacks"] for row in rows),
    }
    return render(request, "certificates/reviews/desk.html", context)


@require_POST
def reviews_decide(request: Request) -> HttpResponse:
    """Show whom a decision is about and ask for its day and document; with those, write it."""
    rules, today = in_force(), clock.today()
    chosen = NamedForm(request.POST)
    if not chosen.is_valid() or not chosen.expected:
        messages.error(request, _("Choose at least one person of the list."))
        return redirect("certificates:reviews")
    year, passed = chosen.cleaned_data["year"], chosen.cleaned_data["passed"]
    people = list(due(request.actor.scopes(*DECIDERS), today, rules, chosen.expected))
    found = lines(people, year, today, rules)
    asked = "on" in request.POST
    form = DecisionForm(request.POST if asked else None, today=today, needs_document=not passed)
    if asked and found and form.is_valid():
        try:
            done = decide(
                lines=found,
                year=year,
                passed=passed,
                on=form.cleaned_data["on"],
                document_no=form.cleaned_data["document_no"],
                note=form.cleaned_data["note"],
                expected=dict(chosen.expected),
                by=request.actor,
                at=clock.now(),
            )
        except NoDocument as error:
            form.add_error("document_no", str(error))
        else:
            _tell(request, done)
            return redirect("certificates:reviews")
    context = {
        "form": form,
        "rows": [shown(line) for line in found],
        "year": year,
        "passed": passed,
        "gone": len(chosen.expected) - len(found),
    }
    return render(request, "certificates/reviews/decide.html", context)


@require_http_methods(["GET", "POST"])
def reviews_unit(request: Request, pk: int) -> HttpResponse:
    """Withdraw, for a time, the certificates of a unit that ran no training in a year."""
    rules, today = in_force(), clock.today()
    unit = get_object_or_404(Unit, pk=pk)
    year = review_year(today)
    found = [one for one in untrained_units([unit.path], year, today, rules) if one.unit.pk == unit.pk]
    if not request.actor.covers(unit.path, *DECIDERS) or not units_must_train(rules) or not found:
        raise Http404
    people = [row for row in holders([unit.path], today, rules) if row.unit_id == unit.pk]
    entries = entries_of([row.officer_id for row in people])
    form = DecisionForm(request.POST or None, today=today, needs_document=True)
    if request.method == "POST" and form.is_valid():
        done = withdraw_unit(
            holdings=entries.values(),
            on=form.cleaned_data["on"],
            document_no=form.cleaned_data["document_no"],
            note=form.cleaned_data["note"],
            by=request.actor,
            at=clock.now(),
        )
        _tell(request, done)
        return redirect("certificates:reviews")
    context = {"form": form, "unit": unit, "year": year, "entries": entries.values()}
    return render(request, "certificates/reviews/unit.html", context)


def _tell(request: Request, done: Decided) -> None:
    if done.written:
        words = ngettext("%(count)d entry written.", "%(count)d entries written.", done.written)
        messages.success(request, words % {"count": done.written})
    for name, why in done.refused[:10]:
        messages.warning(request, f"{name}：{why}")
    if len(done.refused) > 10:
        messages.warning(
            request, _("%(count)d others were left as they were.") % {"count": len(done.refused) - 10}
        )
