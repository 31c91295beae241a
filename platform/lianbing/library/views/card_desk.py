"""Cards on their way: written by the legal section and trainers, approved by a second person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianbing.kit import clock
from lianbing.library import permissions
from lianbing.library.forms import CardForm, CardReviewForm
from lianbing.library.models import Card, CardVersion
from lianbing.library.queries import cards as reading
from lianbing.library.rendering import cards as rendering
from lianbing.library.rules.cards import TEXTS, Fault, examine
from lianbing.library.services import cards as writing
from lianbing.library.views.cards import shown
from lianbing.people.models import Post
from lianbing.people.request import Request

PER_PAGE = 30


@require_safe
def card_desk(request: Request) -> HttpResponse:
    """Cards whose basis changed, and those with a draft, what waits first."""
    page = Paginator(reading.on_the_way(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "changed": list(reading.changed()[:PER_PAGE]),
        "withdrawn": list(reading.withdrawn()[:PER_PAGE]),
        "may_decide": permissions.can_keep(request.actor),
    }
    return render(request, "library/card_desk.html", context)


@require_http_methods(["GET", "POST"])
def card_new(request: Request) -> HttpResponse:
    """Write a card that is not there yet."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _save(request, form, form.cleaned_data["code"].strip(), 0)
        if done:
            return done
    return render(request, "library/card_edit.html", {"form": form, "card": None})


@require_http_methods(["GET", "POST"])
def card_desk_card(request: Request, code: str) -> HttpResponse:
    """Write on the draft of a card, or begin the next version from the one in use."""
    card, newest = _newest_or_404(code)
    if card.state == Card.State.IN_REVIEW:
        return redirect("library:card_review", code)
    form = CardForm(request.POST or None, initial=_start(newest), fixed=True)
    if request.method == "POST" and form.is_valid():
        done = _save(request, form, card.code, form.cleaned_data["edits"] or 0)
        if done:
            return done
    context = {
        "form": form,
        "card": card,
        "version": newest,
        "notes": _notes(newest) if newest.is_draft else [],
    }
    return render(request, "library/card_edit.html", context)


def _newest_or_404(code: str) -> tuple[Card, CardVersion]:
    card = get_object_or_404(Card, code=code)
    newest = reading.whole(card.versions.order_by("-number")).first()
    assert newest is not None
    return card, newest


def _start(version: CardVersion) -> dict[str, Any]:
    text = rendering.text_of(version)
    return {name: getattr(text, name) for name in TEXTS} | {
        "code": version.card.code,
        "posts": list(Post.objects.filter(name__in=text.posts)),
        "edits": version.edits if version.is_draft else 0,
        "reason": version.reason if version.is_draft else "",
    }


def _notes(version: CardVersion) -> list[tuple[str, str]]:
    """What is worth a second look: (heading, words)."""
    faults: list[Fault] = examine(rendering.text_of(version))
    said = [(str(rendering.NAMES[fault.field]), rendering.say(fault)) for fault in faults]
    return said + [(str(rendering.NAMES["bounds"]), words) for words in rendering.strange_bounds(version)]


def _save(request: Request, form: CardForm, code: str, seen: int) -> HttpResponse | None:
    """Save, and submit when that was asked for; None when the form has to be shown again."""
    by, at = request.actor, clock.now()
    try:
        version = writing.save_draft(
            code=code, text=form.text(), reason=form.cleaned_data["reason"], seen=seen, by=by, at=at
        )
        if request.POST.get("then") == "submit":
            writing.submit(version=version, by=by, at=at)
            messages.success(request, _("The card lies with the legal section now."))
            return redirect("library:card_desk")
    except writing.CardRefused as refusal:
        form.take(refusal.faults)
        return None
    except writing.CardMoved:
        taken = _("Somebody else is writing on this card, or has submitted it. Open it again from the desk.")
        form.add_error(None, taken)
        return None
    messages.success(request, _("The draft was saved."))
    return redirect("library:card_desk_card", version.card.code)


def _draft_or_404(code: str) -> CardVersion:
    return get_object_or_404(CardVersion.objects.select_related("card"), card__code=code, approved_at=None)


@require_POST
def card_submit(request: Request, code: str) -> HttpResponse:
    """Give a draft to the legal section, or take it back."""
    version = _draft_or_404(code)
    back = request.POST.get("way") == "back"
    try:
        (writing.take_back if back else writing.submit)(version=version, by=request.actor, at=clock.now())
    except writing.CardMoved:
        messages.error(request, _("Somebody else has dealt with this card meanwhile."))
        return redirect("library:card_desk")
    if back:
        return redirect("library:card_desk_card", code)
    messages.success(request, _("The card lies with the legal section now."))
    return redirect("library:card_desk")


@require_http_methods(["GET", "POST"])
def card_discard(request: Request, code: str) -> HttpResponse:
    """Throw the draft of a card away, after a question."""
    version = _draft_or_404(code)
    if request.method == "POST":
        try:
            writing.discard_draft(version=version, by=request.actor, at=clock.now())
            messages.success(request, _("The draft was discarded."))
        except writing.CardMoved:
            messages.error(request, _("Somebody else has dealt with this card meanwhile."))
        return redirect("library:card_desk")
    return render(request, "library/card_discard.html", {"version": version, "card": version.card})


@require_http_methods(["GET", "POST"])
def card_review(request: Request, code: str) -> HttpResponse:
    """What a draft changes against the card in use; the legal section approves it or sends it back."""
    version = get_object_or_404(reading.whole(CardVersion.objects.filter(approved_at=None)), card__code=code)
    form = CardReviewForm(request.POST or None, initial={"edits": version.edits})
    if request.method == "POST" and form.is_valid():
        done = _decide(request, version, form)
        if done:
            return done
    wrote = request.actor.user_id in version.writers
    waits = version.card.state == Card.State.IN_REVIEW
    old = reading.current_of(code)
    new = rendering.text_of(version)
    context = shown(request, version) | {
        "card": version.card,
        "form": form,
        "old": old,
        "changes": rendering.comparison(rendering.text_of(old) if old else None, new),
        "notes": _notes(version),
        "unresolved": reading.unresolved(version),
        "waits": waits,
        "wrote": wrote,
        "may_decide": waits and not wrote and permissions.can_keep(request.actor),
    }
    return render(request, "library/card_review.html", context)


def _decide(request: Request, version: CardVersion, form: CardReviewForm) -> HttpResponse | None:
    """Approve or send back; None when the page has to be shown again with what was wrong."""
    said, by, at = form.cleaned_data, request.actor, clock.now()
    try:
        if said["decision"] == "send_back":
            writing.send_back(version=version, reason=said["comment"], by=by, at=at)
            messages.success(request, _("The card went back to its author."))
            return redirect("library:card_desk")
        writing.approve(version=version, seen=said["edits"] or 0, gaps_seen=said["gaps_seen"], by=by, at=at)
    except writing.SecondPersonNeeded as refusal:
        form.add_error("gaps_seen" if refusal.code == "unresolved" else None, refusal_words(refusal.code))
        return None
    except writing.CardMoved:
        form.add_error(
            None, _("Somebody else has dealt with this card meanwhile. Open it again from the desk.")
        )
        return None
    messages.success(request, _("Approved. Everybody reads this version from now on."))
    waiting = (card for card in reading.waiting() if card.latest and by.user_id not in card.latest.writers)
    following = next(waiting, None)
    return redirect("library:card_review", following.code) if following else redirect(version.card)


def refusal_words(code: str) -> str:
    """Why somebody may not decide."""
    words = {
        "author": _("You wrote on this card, so somebody else decides on it."),
        "role": _("Only the legal section decides on cards."),
        "unresolved": _("Look at the citations that lead nowhere first."),
    }
    return words[code]
