"""What the legal section corrects by hand: the facts of an edition, and what a renamed law continues."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lianbing.kit import clock
from lianbing.library import queries, services
from lianbing.library.forms import FactsForm, JoinForm
from lianbing.library.models import Law, LawEdition
from lianbing.library.rendering import timelines
from lianbing.library.services.correcting import FACTS
from lianbing.people.request import Request

REFUSALS = {
    "same": gettext_lazy("A law does not continue itself."),
    "joined": gettext_lazy("This law continues another one already. Part the two first."),
    "taken": gettext_lazy("Another law continues that one already."),
    "circle": gettext_lazy("The two laws are joined already, in one direction or the other."),
    "younger": gettext_lazy("That law began later than this one, so this one cannot continue it."),
    "changed": gettext_lazy("The law stands on its own already."),
}


@require_http_methods(["GET", "POST"])
def facts(request: Request, law: str, edition: str) -> HttpResponse:
    """Correct who issued an edition, its number and its dates, with a reason."""
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law")
    found = get_object_or_404(standing.defer(*queries.TEXTS), law__slug=law, slug=edition)
    now = {name: getattr(found, name) for name in FACTS}
    form = FactsForm(request.POST or None, initial=now | {"seen": services.facts_seen(found)})
    if request.method == "POST" and form.is_valid() and _correct(request, found, form):
        return redirect(found)
    return render(request, "library/facts.html", {"edition": found, "form": form})


def _correct(request: Request, edition: LawEdition, form: FactsForm) -> bool:
    """Whether the page is done with; else the form says why not."""
    data = form.cleaned_data
    try:
        changed = services.correct_edition(
            edition=edition,
            facts={name: data[name] for name in FACTS},
            seen=data["seen"],
            reason=data["reason"],
            by=request.actor,  # type: ignore[attr-defined]  # set by AccessMiddleware
            at=clock.now(),
        )
    except services.EditionInUse:
        messages.error(request, _("Somebody else has changed this edition meanwhile. Look at it again."))
        return True
    except services.ContradictoryDates as refused:
        for sentence in timelines.sentences(refused.line, refused.clashes):
            form.add_error(None, sentence)
        return False
    messages.success(request, _("The corrections are saved.") if changed else _("Nothing was changed."))
    return True


@require_http_methods(["GET", "POST"])
def continues(request: Request, law: str) -> HttpResponse:
    """Join a renamed law to the one it continues, or part the two again."""
    found = get_object_or_404(Law.objects.select_related("continues"), slug=law)
    if request.method == "POST":
        _join_or_part(request, found)
        return redirect("library:continues", found.slug)
    form = JoinForm(request.GET or None)
    wanted = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context = {
        "law": found,
        "line": queries.line_of(found),
        "form": form,
        "wanted": wanted,
        "candidates": queries.joinable(found, wanted) if wanted and not found.continues else [],
    }
    return render(request, "library/continues.html", context)


def _join_or_part(request: Request, law: Law) -> None:
    by, at = request.actor, clock.now()  # type: ignore[attr-defined]  # set by AccessMiddleware
    try:
        if "part" in request.POST:
            services.part_laws(law=law, by=by, at=at)
            messages.success(request, _("The two laws stand on their own again."))
        else:
            chosen = JoinForm(request.POST)
            slug = chosen.cleaned_data["continues"] if chosen.is_valid() else ""
            older = get_object_or_404(Law, slug=slug)
            services.join_laws(law=law, continues=older, by=by, at=at)
            messages.success(request, _("The two laws are one time line now."))
    except services.JoinRefused as refused:
        messages.error(request, REFUSALS[refused.code])
