"""Cases on their way: written by the legal section and trainers, approved by a second person."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import permissions, ports
from lianbing.library.forms import CaseForm, CaseReviewForm, ReasonForm
from lianbing.library.models import CaseStory
from lianbing.library.ports import Offered
from lianbing.library.queries import cases as reading
from lianbing.library.rendering.cases import place_lines
from lianbing.library.rules.cases import TEXTS, giveaways
from lianbing.library.services import cases as writing
from lianbing.library.views.cases import shown
from lianbing.people.request import Request

PER_PAGE = 30


@require_safe
def case_desk(request: Request) -> HttpResponse:
    """Cases with a draft, what waits for the legal section first."""
    page = Paginator(reading.on_the_way(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/case_desk.html", {"page_obj": page})


@require_http_methods(["GET", "POST"])
def case_new(request: Request) -> HttpResponse:
    """Write a case; with `from`, one that takes the place of an approved case."""
    old = _replaced(request.GET.get("from", ""))
    initial = _start(old) if old else {"dated": clock.today()}
    return _edit(request, None, old, initial)


def _replaced(uid: str) -> CaseStory | None:
    """The approved case to be replaced, None where none is named; 404 for what cannot be."""
    if not uid:
        return None
    try:
        found = reading.case_of(uuid.UUID(uid))
    except ValueError:
        raise Http404 from None
    if found is None or found.state != CaseStory.State.APPROVED or getattr(found, "withdrawal", None):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def case_edit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Write on the draft of a case."""
    story = _story_or_404(uid)
    if story.state == CaseStory.State.APPROVED:
        return redirect(story)
    if story.state == CaseStory.State.IN_REVIEW:
        return redirect("library:case_review", uid)
    return _edit(request, story, None, _start(story) | {"edits": story.edits})


def _story_or_404(uid: uuid.UUID) -> CaseStory:
    found = reading.case_of(uid)
    if found is None:
        raise Http404
    return found


def _start(story: CaseStory) -> dict[str, Any]:
    """The form as it begins."""
    text = writing.text_of(story)
    return {name: getattr(text, name) for name in (*TEXTS, "kind", "dated")} | {
        "cards": " ".join(text.cards),
        "questions": list(text.questions),
    }


def _offered(keys: Sequence[str], words: str) -> list[Offered]:
    """The questions to choose among: those chosen already, then what the words find."""
    source = ports.check_source()
    if source is None:
        return []
    chosen = source.named(keys) if keys else []
    found = source.offer(words.replace("\x00", "")) if words.strip() else []
    return list({one.key: one for one in (*chosen, *found)}.values())


def _edit(
    request: Request, story: CaseStory | None, old: CaseStory | None, initial: dict[str, Any]
) -> HttpResponse:
    """The form of a case; what was sent is kept on the page until it can be stored."""
    sent = request.POST if request.method == "POST" else None
    keys = sent.getlist("questions")[:50] if sent is not None else initial.get("questions", [])
    offered = _offered(keys, sent.get("question_words", "")[:100] if sent is not None else "")
    form = CaseForm(sent, initial=initial, offered=offered)
    context: dict[str, Any] = {"form": form, "story": story, "old": old}
    if sent is not None and form.is_valid():
        then = sent.get("then", "")
        if then == "mask":
            context["form"] = CaseForm(initial=form.masked(), offered=offered)
            messages.info(request, _("Names and numbers were masked below. Read it once more, then save."))
        elif then != "find":
            done = _save(request, form, story, old, context)
            if done:
                return done
    return render(request, "library/case_edit.html", context)


def _save(
    request: Request,
    form: CaseForm,
    story: CaseStory | None,
    old: CaseStory | None,
    context: dict[str, Any],
) -> HttpResponse | None:
    """Save, and submit when that was asked for; None when the form has to be shown again."""
    by, at = request.actor, clock.now()
    seen = form.cleaned_data["edits"] or 0
    try:
        kept = writing.save_draft(text=form.text(), story=story, replaces=old, seen=seen, by=by, at=at)
        if request.POST.get("then") == "submit":
            writing.submit(story=kept, by=by, at=at)
            messages.success(request, _("The case lies with the legal section now."))
            return redirect("library:case_desk")
    except writing.CaseRefused as refusal:
        form.take(refusal.faults)
        return None
    except writing.PersonNamed as refusal:
        context["places"] = place_lines(refusal.places)
        return None
    except writing.CaseMoved:
        form.add_error(None, _("Somebody else is writing on this case, or has dealt with it. Open it again."))
        return None
    messages.success(request, _("The draft was saved."))
    return redirect("library:case_edit", kept.uid)


@require_POST
def case_submit(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Give a draft to the legal section, or take it back."""
    story, back = _story_or_404(uid), request.POST.get("way") == "back"
    try:
        (writing.take_back if back else writing.submit)(story=story, by=request.actor, at=clock.now())
    except writing.CaseMoved:
        messages.error(request, _("Somebody else has dealt with this case meanwhile."))
        return redirect("library:case_desk")
    if back:
        return redirect("library:case_edit", uid)
    messages.success(request, _("The case lies with the legal section now."))
    return redirect("library:case_desk")


@require_http_methods(["GET", "POST"])
def case_discard(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Throw a draft away, after a question."""
    story = _story_or_404(uid)
    if request.method == "POST":
        try:
            writing.discard_draft(story=story, by=request.actor, at=clock.now())
            messages.success(request, _("The draft was discarded."))
        except writing.CaseMoved:
            messages.error(request, _("Somebody else has dealt with this case meanwhile."))
        return redirect("library:case_desk")
    return render(request, "library/case_discard.html", {"story": story})


@require_http_methods(["GET", "POST"])
def case_review(request: Request, uid: uuid.UUID) -> HttpResponse:
    """A draft as it would be read; the legal section approves it or sends it back."""
    story = _story_or_404(uid)
    if story.state == CaseStory.State.APPROVED:
        return redirect(story)
    form = CaseReviewForm(request.POST or None, initial={"edits": story.edits})
    if request.method == "POST" and form.is_valid():
        done = _decide(request, story, form)
        if done:
            return done
    waits = story.state == CaseStory.State.IN_REVIEW
    wrote = request.actor.user_id in story.writers
    source, keys = ports.check_source(), [one.key for one in story.questions.all()]
    context = shown(request, story) | {
        "form": form,
        "places": place_lines(giveaways(writing.text_of(story))),
        "questions": source.named(keys) if source and keys else [],
        "waits": waits,
        "wrote": wrote,
        "may_decide": waits and not wrote and permissions.can_keep(request.actor),
    }
    return render(request, "library/case_review.html", context)


def _decide(request: Request, story: CaseStory, form: CaseReviewForm) -> HttpResponse | None:
    """Approve or send back; None when the page has to be shown again with what was wrong."""
    said, by, at = form.cleaned_data, request.actor, clock.now()
    try:
        if said["decision"] == "send_back":
            writing.send_back(story=story, reason=said["comment"], by=by, at=at)
            messages.success(request, _("The case went back to its author."))
            return redirect("library:case_desk")
        approved = writing.approve(story=story, seen=said["edits"] or 0, by=by, at=at)
    except writing.SecondPersonNeeded as refusal:
        wrote = refusal.code == "author"
        only = _("Only the legal section decides on cases.")
        form.add_error(None, _("You wrote on this case, so somebody else decides on it.") if wrote else only)
        return None
    except writing.PersonNamed:
        form.add_error(None, _("The case still says who somebody is. Send it back."))
        return None
    except writing.CaseMoved:
        form.add_error(
            None, _("Somebody else has dealt with this case meanwhile. Open it again from the desk.")
        )
        return None
    messages.success(request, _("Approved. Everybody reads this case from now on."))
    return redirect(approved)


@require_http_methods(["GET", "POST"])
def case_withdraw(request: Request, uid: uuid.UUID) -> HttpResponse:
    """Let nobody read a case any more, with the reason."""
    story = _story_or_404(uid)
    if story.state != CaseStory.State.APPROVED or getattr(story, "withdrawal", None):
        return redirect(story)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            writing.withdraw(
                story=story, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
            messages.success(request, _("The case was withdrawn."))
            return redirect("library:cases")
        except writing.CaseMoved:
            form.add_error(None, _("Somebody else has dealt with this case meanwhile."))
    return render(request, "library/case_withdraw.html", {"story": story, "form": form})
