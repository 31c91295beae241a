"""Law texts on their way: what waits, what it changes, and the decision of a second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import permissions, queries, services
from lianbing.library.forms import ReviewForm
from lianbing.library.models import LawDraft, LawEdition
from lianbing.library.rendering import diff
from lianbing.library.rendering.reasons import say
from lianbing.library.rules.findings import Unreadable
from lianbing.people.request import Request


@require_safe
def drafts(request: Request) -> HttpResponse:
    """Texts that wait for the legal section, and those that are being written."""
    waiting = list(queries.waiting_drafts())
    written = [draft for draft in queries.open_drafts() if draft not in waiting]
    return render(request, "library/drafts.html", {"waiting": waiting, "written": written})


@require_http_methods(["GET", "POST"])
def review(request: Request, draft: int) -> HttpResponse:
    """What a text changes against the edition in force; the legal section approves it or sends it back."""
    found = get_object_or_404(LawDraft.objects.select_related("edition__law", "based_on__law"), pk=draft)
    if found.edition:
        return redirect(found.edition)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decide(request, found, form)
    return _page(request, found, form)


def _page(request: Request, draft: LawDraft, form: ReviewForm) -> HttpResponse:
    state = queries.waiting_state(draft)
    latest = draft.get_latest_revision()
    revision = state.revision if state else latest
    written: LawDraft = revision.as_object() if revision else draft
    seen = queries.examine(written)
    old = queries.predecessor(written, clock.today())
    comparison = queries.compare_with(old, seen.text) if seen.text else None
    addresses = diff.Addresses(old.get_absolute_url() if old else "")
    wrote = request.actor.user_id in queries.authors_of(draft)
    context = {
        "draft": written,
        "form": form,
        "state": state,
        "revision": revision,
        "scheduled": draft.approved_schedule,
        "old": old,
        "failure": say(seen.failure) if seen.failure else "",
        "doubts": [say(doubt) for doubt in seen.doubts],
        "comparison": comparison,
        "counts": diff.counts(comparison) if comparison else [],
        "rows": diff.rows(comparison, addresses) if comparison else "",
        "touched": queries.impact_of_draft(old, comparison, request.actor),
        "wrote": wrote,
        "may_decide": state is not None and not wrote and permissions.can_keep(request.actor),
        "decisions": queries.decisions_on(draft),
    }
    return render(request, "library/review.html", context)


def _decide(request: Request, draft: LawDraft, form: ReviewForm) -> HttpResponse:
    """Approve or send back, and say in words what came of it."""
    said, by, at = form.cleaned_data, request.actor, clock.now()
    try:
        if said["decision"] == "send_back":
            services.send_back_draft(draft=draft, comment=said["comment"], by=by, at=at)
            messages.success(request, _("The text went back to its author."))
            return redirect("library:drafts")
        edition = services.approve_draft(
            draft=draft, comment=said["comment"], doubts_checked=said["doubts_checked"], by=by, at=at
        )
    except services.ReviewRefused as refusal:
        form.add_error(None, _refusal(refusal.code))
    except services.NotWaiting:
        form.add_error(None, _("This text does not lie with the legal section any more."))
    except services.DoubtsOpen:
        form.add_error("doubts_checked", _("Compare the doubtful places with the official text first."))
    except Unreadable as problem:
        form.add_error(None, say(problem.finding))
    else:
        if edition is None:
            messages.success(request, _("Approved. It is published on the day the author set."))
            return redirect("library:drafts")
        messages.success(request, _("Approved and published."))
        return redirect(edition)
    return _page(request, draft, form)


def _refusal(code: str) -> str:
    if code == "author":
        return _("You wrote this text, so somebody else decides on it.")
    return _("Only the legal section decides on a law text.")


@require_http_methods(["GET", "POST"])
def amend(request: Request, law: str, edition: str) -> HttpResponse:
    """Begin the next edition of a law with the words of this one, in the editor."""
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law")
    found = get_object_or_404(standing, law__slug=law, slug=edition)
    if request.method == "POST":
        draft = services.draft_from(edition=found, by=request.actor, at=clock.now())
        return redirect(reverse("wagtailsnippets_library_lawdraft:edit", args=[draft.pk]))
    return render(request, "library/amend.html", {"edition": found})


@require_safe
def record(request: Request, law: str, edition: str) -> HttpResponse:
    """What was done to an edition and to the text it was made of: who, when, why."""
    standing = LawEdition.objects.filter(queries.STANDING).select_related("law", "draft")
    found = get_object_or_404(standing.defer("source_text"), law__slug=law, slug=edition)
    return render(request, "library/record.html", {"edition": found, "acts": queries.acts_on(found)})
