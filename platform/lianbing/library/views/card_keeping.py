"""Cards in use that the legal section keeps right: changed articles, withdrawal, the way back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lianbing.kit import clock
from lianbing.library.forms import ReasonForm
from lianbing.library.models import Card
from lianbing.library.queries import cards as reading
from lianbing.library.rendering import cards as rendering
from lianbing.library.services import card_flags as flagging
from lianbing.library.services import card_retiring, cards
from lianbing.library.views.card_desk import refusal_words
from lianbing.people.request import Request


@require_http_methods(["GET", "POST"])
def card_flags(request: Request, code: str) -> HttpResponse:
    """The changed articles a card rests on, old words beside new; still right, or to be revised."""
    version = reading.current_of(code)
    if version is None or not (flags := reading.flags_of(version)):
        get_object_or_404(Card, code=code)
        return redirect("library:card", code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            flagging.confirm_right(
                version=version, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
            )
            messages.success(request, _("The card counts as right under the new words."))
            return redirect("library:card", code)
        except cards.SecondPersonNeeded as refusal:
            form.add_error(None, refusal_words(refusal.code))
        except cards.CardMoved:
            form.add_error(None, _("Somebody else has dealt with this card meanwhile."))
    context = {
        "card": version.card,
        "version": version,
        "lines": rendering.flag_lines(flags, reading.successors(flags)),
        "form": form,
    }
    return render(request, "library/card_flags.html", context)


@require_http_methods(["GET", "POST"])
def card_withdraw(request: Request, code: str) -> HttpResponse:
    """Take a card out of use, with the reason."""
    card = get_object_or_404(
        Card.objects.exclude(current=None).select_related("current", "latest"), code=code
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            card_retiring.withdraw(card=card, reason=reason, by=request.actor, at=clock.now())
            messages.success(request, _("The card is out of use. It can be put back from the desk."))
            return redirect("library:card_desk")
        except cards.CardMoved:
            form.add_error(
                None, _("Somebody is writing on this card. Let the draft be approved or discarded first.")
            )
    return render(request, "library/card_withdraw.html", {"card": card, "form": form})


@require_POST
def card_restore(request: Request, code: str) -> HttpResponse:
    """Put a withdrawn card back into use."""
    card = get_object_or_404(Card.objects.select_related("latest"), code=code)
    try:
        card_retiring.restore(card=card, by=request.actor, at=clock.now())
        messages.success(request, _("The card is in use again."))
    except cards.CardMoved:
        messages.error(request, _("Somebody else has dealt with this card meanwhile."))
        return redirect("library:card_desk")
    return redirect(card)
