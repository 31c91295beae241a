"""The case library as everybody reads it: the list, one case with its questions at the end."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lianbing.kit import clock
from lianbing.library import permissions, ports
from lianbing.library.forms import CaseFilterForm
from lianbing.library.models import CaseStory, CaseWithdrawal
from lianbing.library.queries import cases as reading
from lianbing.library.rendering.links import Linker
from lianbing.library.rules.cards import basis_lines
from lianbing.people.request import Request

PER_PAGE = 30


@require_safe
def cases(request: Request) -> HttpResponse:
    """Readable cases under words and filters, newest first."""
    form = CaseFilterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    words = (wanted.get("q") or "").replace("\x00", "").strip()
    card = request.GET.get("card", "").replace("\x00", "")[:40]
    found = reading.cases(words=words, kind=wanted.get("kind") or "", card=card)
    context = {
        "form": form,
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "filtered": bool(words or wanted.get("kind") or card),
        "may_write": permissions.can_write_cases(request.actor),
    }
    return render(request, "library/cases.html", context)


@require_http_methods(["GET", "POST"])
def case(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One case; its questions are marked on the spot, for oneself alone: nothing of it is kept."""
    story = reading.case_of(uid)
    may_write = permissions.can_write_cases(request.actor)
    if story is None or story.state != CaseStory.State.APPROVED:
        if story is not None and may_write:
            return redirect("library:case_review", uid)
        raise Http404
    gone = withdrawal_of(story)
    if gone is not None and not gone.replaced and not permissions.can_keep(request.actor):
        raise Http404
    if gone is not None and gone.replaced and not may_write:
        return redirect(story.successor)
    sent = dict(request.POST.lists()) if request.method == "POST" else None
    context = shown(request, story) | {
        "withdrawal": gone,
        "may_write": may_write,
        "may_decide": permissions.can_keep(request.actor),
        **_questions(story, sent),
    }
    return render(request, "library/case.html", context)


def withdrawal_of(story: CaseStory) -> CaseWithdrawal | None:
    """Why a case is no longer read, None while it is."""
    found: CaseWithdrawal | None = getattr(story, "withdrawal", None)
    return found


def _questions(story: CaseStory, sent: dict[str, list[str]] | None) -> dict[str, Any]:
    """The questions to answer, or after they were sent what came of them."""
    source, keys = ports.check_source(), [one.key for one in story.questions.all()]
    if source is None or not keys:
        return {}
    if sent is not None:
        made = source.mark(keys, sent)
        if not made.blank:
            return {"made": made, "marked": source.show(made.answers)}
    return {"asked": source.ask(keys, sent or {}), "blank": sent is not None}


def shown(request: Request, story: CaseStory) -> dict[str, Any]:
    """What `library/_case.html` shows of a case in whatever state."""
    lines = basis_lines(story.basis)
    texts = [story.facts, story.outcome, story.lesson]
    linker = Linker(clock.today(), staff=permissions.can_keep(request.actor)).prepare(
        [*lines, *(line for text in texts for line in text.split("\n"))]
    )
    return {
        "story": story,
        "basis": lines,
        "cards": [tied.card for tied in story.tied_cards.all()],
        "linker": linker,
    }
