"""Repealing several laws in one act: choose them, see what that touches, confirm, take it back."""

import uuid

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import queries
from lianbing.library.forms import ImpactForm, RepealForm, WithdrawForm
from lianbing.library.models import Repeal
from lianbing.library.queries import repeals as reading
from lianbing.library.queries.documents import documents_picked, found_documents, impact_of_documents
from lianbing.library.rendering import impact as rendering
from lianbing.library.services import repealing
from lianbing.library.views.impact import page_of, workbook
from lianbing.people.request import Request


def _picked(request: Request, kind: str = "law") -> set[int]:
    """The primary keys of the laws or documents ticked so far; anything else is passed over."""
    ticked = [*request.GET.getlist(kind), *request.POST.getlist(kind)]
    return {int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 16}


@require_safe
def repeals(request: Request) -> HttpResponse:
    """Every repeal on record."""
    return render(request, "library/repeals.html", {"repeals": reading.repeals(), "today": clock.today()})


@require_safe
def repeal_new(request: Request) -> HttpResponse:
    """Search laws and documents and tick those to be repealed; what is ticked stays ticked through every search."""
    search = request.GET.get("q", "").strip()[:100]
    picked = reading.laws_picked(_picked(request))
    documents = documents_picked(_picked(request, "document"))
    chosen, kept = {law.pk for law in picked}, {one.pk for one in documents}
    context = {
        "picked": picked,
        "documents": documents,
        "found": [law for law in reading.found_laws(search) if law.pk not in chosen] if search else [],
        "found_documents": [one for one in found_documents(search) if one.pk not in kept] if search else [],
        "search": search,
        "most": reading.FOUND,
    }
    return render(request, "library/repeal_new.html", context)


@require_http_methods(["GET", "POST"])
def repeal_check(request: Request) -> HttpResponse:
    """One page with everything the repeal touches; confirming it there makes it one act."""
    laws = reading.laws_picked(_picked(request))
    documents = documents_picked(_picked(request, "document"))
    if not laws and not documents:
        messages.error(request, _("Tick at least one law."))
        return redirect("library:repeal_new")
    form = RepealForm(request.POST or None)
    act = form.act() if form.is_valid() else None
    ending = reading.ending_on(laws, act.on if act else clock.today())
    editions = [edition for _law, edition in ending if edition is not None]
    none_holds = [law for law, edition in ending if edition is None]
    if act is not None and not none_holds:
        try:
            targets: list[Model] = [*editions, *documents]
            made = repealing.repeal(targets=targets, act=act, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        except repealing.CannotRepeal as error:
            messages.error(request, refusal(error))
        else:
            messages.success(request, _("The repeal stands on record."))
            return redirect(made)
    told = queries.impact_of(reading.would_end(editions), request.actor)  # type: ignore[attr-defined]  # as above
    view = ImpactForm({"cited": "on"})
    context = {
        "laws": laws,
        "ending": ending,
        "none_holds": none_holds,
        "documents": impact_of_documents(documents, request.actor),
        "count": len(laws) + len(documents),
        "act_form": form,
        "act": act,
    }
    return render(request, "library/repeal_check.html", context | page_of(request, told, view))


def refusal(error: repealing.CannotRepeal) -> str:
    """Why a repeal was refused."""
    texts = {
        "nothing": _("Tick at least one law."),
        "ended": _("%(title)s ends already on a day of its own.") % {"title": error.title},
        "begins_later": _("%(title)s does not hold before that day.") % {"title": error.title},
        "too_late": _("The day of the repeal has come. It can no longer be taken back."),
        "undone": _("The repeal was taken back already."),
        "changed": _("%(title)s was changed since. Put it right by hand.") % {"title": error.title},
    }
    return texts[error.code]


def _repeal(uid: uuid.UUID) -> Repeal:
    found = reading.repeal_named(uid)
    if found is None:
        raise Http404
    return found


@require_safe
def repeal(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One repeal with everything it touches; ?file=xlsx gives the workbook."""
    found = _repeal(uid)
    editions = reading.editions_ended(found)
    documents = impact_of_documents(reading.documents_ended(found), request.actor)
    form = ImpactForm(request.GET)
    code = form.cleaned_data.get("kind", "") if form.is_valid() else ""
    told = queries.impact_of(reading.would_end(editions), request.actor, code=code)  # type: ignore[attr-defined]  # set by AccessMiddleware
    if form.is_valid() and form.cleaned_data.get("file"):
        return workbook(rendering.as_workbook(told, documents), f"repeal-{found.on}")
    context = {
        "repeal": found,
        "editions": editions,
        "documents": documents,
        "today": clock.today(),
        "may_undo": not hasattr(found, "undone_by") and clock.today() < found.on,
    }
    return render(request, "library/repeal.html", context | page_of(request, told, form))


@require_http_methods(["GET", "POST"])
def repeal_undo(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Take a repeal back before its day, with a reason."""
    found = _repeal(uid)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            repealing.undo(repeal=found, reason=reason, by=request.actor, at=clock.now())  # type: ignore[attr-defined]  # set by AccessMiddleware
        except repealing.CannotRepeal as error:
            messages.error(request, refusal(error))
        else:
            messages.success(request, _("The repeal was taken back."))
        return redirect(found)
    return render(request, "library/repeal_undo.html", {"repeal": found, "form": form})
