"""The cards of the handbook (执法事项) as officers read them: found by words, by code, by what one sees."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lianbing.kit import clock
from lianbing.library import permissions, ports
from lianbing.library.forms import CardFilterForm, DeadlineForm
from lianbing.library.models import Card, CardVersion
from lianbing.library.queries import card_lookup
from lianbing.library.queries import cards as reading
from lianbing.library.queries import cases as case_queries
from lianbing.library.rendering import cards as rendering
from lianbing.library.rendering.links import Linker
from lianbing.library.rules.cards import LISTS
from lianbing.library.rules.working_days import parse_steps
from lianbing.people.request import Request

PER_PAGE = 30


@require_safe
def cards(request: Request) -> HttpResponse:
    """Approved cards under words and filters; a code written in full leads to its card at once."""
    items = reading.items()
    form = CardFilterForm(request.GET, items=items)
    form.is_valid()
    wanted = form.cleaned_data
    words = (wanted.get("q") or "").replace("\x00", "").strip()
    if (exact := card_lookup.card_by_code(words)) is not None:
        return redirect(exact)
    post = wanted.get("post")
    hits = card_lookup.look_up(words=words, item=wanted.get("item") or "", post=post.pk if post else None)
    page = Paginator(hits.cards, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "items": items,
        "page_obj": page,
        "words": words,
        "likely": hits.likely,
        "same": hits.same,
        "narrowed": bool(wanted.get("item") or post),
        "filtered": bool(words or wanted.get("item") or post),
        "may_write": permissions.can_write_cards(request.actor),
    }
    return render(request, "library/cards.html", context)


@require_safe
def card(request: Request, code: str) -> HttpResponse:
    """One card as it was approved; its citations show the article that holds today."""
    version = reading.current_of(code)
    may_write = permissions.can_write_cards(request.actor)
    if version is None:
        if may_write and Card.objects.filter(code=code).exists():
            return redirect("library:card_desk_card", code)
        raise Http404
    flags = reading.flags_of(version) if version.flagged else []
    context = shown(request, version) | {
        "card": version.card,
        "practice": ports.practice_of(version.card_id),
        "stories": case_queries.cases_of_card(version.card_id) if version.told else [],
        "flags": flags,
        "may_write": may_write,
        "may_decide": permissions.can_keep(request.actor),
    }
    return render(request, "library/card.html", context)


def shown(request: Request, version: CardVersion) -> dict[str, Any]:
    """What `library/_card.html` shows of a version, in use or not."""
    today = clock.today()
    names = [step.name for step in parse_steps(version.steps)]
    form = DeadlineForm(request.GET, steps=names)
    form.is_valid()
    on = form.cleaned_data.get("on")
    happened = form.cleaned_data.get("step") or (names[0] if names else "")
    texts = [version.violation, *(getattr(version, name) for name in (*LISTS, "grades", "steps"))]
    cited = [citation.text for citation in version.citations.all()]
    linker = Linker(today, staff=permissions.can_keep(request.actor)).prepare(
        [*cited, *(line for text in texts for line in text.split("\n"))]
    )
    lines = rendering.step_lines(version, happened, on)
    return {
        "version": version,
        "groups": rendering.grade_groups(version),
        "steps": lines,
        "has_limits": any(line.step.limit for line in lines),
        "uncertain": any(line.due and not line.due.known for line in lines),
        "deadline_form": form,
        "on": on,
        "happened": happened,
        "today": today,
        "basis": rendering.basis(version, linker.resolver),
        "parts": rendering.parts(version),
        "posts": [row.post for row in version.posts.all()],
        "linker": linker,
    }
