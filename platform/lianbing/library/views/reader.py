"""The reader: the text of a law as it holds on a day, and every edition at its own address."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.forms import BoundField
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianbing.kit import clock
from lianbing.library import permissions, queries
from lianbing.library.forms import AsOfForm
from lianbing.library.models import Law, LawEdition
from lianbing.library.queries import LawLine
from lianbing.library.rendering import reader, timelines
from lianbing.library.rendering.links import day_of
from lianbing.library.rendering.pages import Page
from lianbing.library.rendering.reasons import say
from lianbing.library.rendering.standing import standing
from lianbing.library.rules.findings import from_json
from lianbing.people.request import Request


@dataclass(frozen=True)
class _Asked:
    """The day asked for, None for today; `form` shows it and says what is wrong with it."""

    form: AsOfForm
    day: datetime.date | None
    today: datetime.date

    @property
    def on(self) -> datetime.date:
        return self.day or self.today

    @property
    def field(self) -> BoundField:
        """The field to ask again; a browser's date field cannot show a day that does not exist."""
        return (self.form if self.form.is_valid() else AsOfForm())["on"]

    @property
    def keep(self) -> str:
        """The query that keeps the day in the next address."""
        return f"?on={self.day.isoformat()}" if self.day else ""


def _asked(request: Request) -> _Asked:
    form = AsOfForm({"on": request.GET.get("on", "")})
    day = form.cleaned_data["on"] if form.is_valid() else None
    return _Asked(form, day, clock.today())


def _line_or_404(slug: str) -> tuple[Law, LawLine]:
    law = get_object_or_404(Law, slug=slug)
    line = queries.line_of(law)
    if not line.editions:
        raise Http404
    law = next(one for one in line.laws if one.pk == law.pk)
    return law, line


@require_safe
def law(request: Request, law: str) -> HttpResponse:
    """The text that holds today or on `?on=`, else a page that says why there is none."""
    found, line = _line_or_404(law)
    asked = _asked(request)
    shown = line.on(asked.on) if asked.form.is_valid() else None
    if shown is None:
        return _absent(request, found, line, asked)
    return _text(request, found, line, shown, asked)


@require_safe
def edition(request: Request, law: str, edition: str) -> HttpResponse:
    """One edition at its permanent address, whether it holds or not."""
    found, line = _line_or_404(law)
    shown = next((e for e in line.editions if e.slug == edition and e.law_id == found.pk), None)
    if shown is None:
        raise Http404
    return _text(request, found, line, shown, _asked(request))


@require_safe
def cited_counts(request: Request, law: str, edition: str) -> JsonResponse:
    """How much rests on each cited article of an edition: {"art-33": 2}. The reader asks for it late."""
    standing = LawEdition.objects.filter(queries.STANDING, law__slug=law, slug=edition)
    articles = dict(
        get_object_or_404(standing.only("pk")).articles.order_by("position").values_list("pk", "anchor")
    )
    citing = queries.citing_for(list(articles), request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    return JsonResponse(Counter(articles[one.article_pk] for one in citing))


def _frame(
    request: Request, law: Law, line: LawLine, asked: _Asked, shown: LawEdition | None
) -> dict[str, object]:
    """What both pages show beside the text."""
    return {
        "law": law,
        "line": line,
        "asked": asked,
        "rows": timelines.rows(line, today=asked.today, shown=shown, keep=asked.keep),
        "clashes": timelines.clashes(line),
        "may_keep": permissions.can_keep(request.actor),  # type: ignore[attr-defined]  # set by AccessMiddleware
        "may_edit": permissions.can_edit_handbook(request.actor),  # type: ignore[attr-defined]  # as above
        "may_see_impact": permissions.can_see_impact(request.actor),  # type: ignore[attr-defined]  # as above
    }


def _absent(request: Request, law: Law, line: LawLine, asked: _Asked) -> HttpResponse:
    """No text holds that day, or there is no such day."""
    valid = asked.form.is_valid()
    context = _frame(request, law, line, asked, None)
    if valid:
        context |= timelines.absent(line, law, asked.on)
    return render(request, "library/absent.html", context, status=200 if valid else 400)


def _text(request: Request, law: Law, line: LawLine, shown: LawEdition, asked: _Asked) -> HttpResponse:
    full = queries.with_stamp(LawEdition.objects.defer("source_text")).get(pk=shown.pk)
    full.law = shown.law
    older, newer = line.beside(shown)
    staff = permissions.can_keep(request.actor)  # type: ignore[attr-defined]  # set by AccessMiddleware
    page = Page(full, asked.day or day_of(line, full, asked.today), staff, asked.keep, line.joined)
    body, contents = page.text()
    context = _frame(request, law, line, asked, full) | {
        "edition": full,
        "body": body,
        "contents": contents,
        "standing": standing(line, full, asked=asked.day, today=asked.today),
        "older": older,
        "newer": newer,
        "long": full.article_count > reader.LONG,
        "doubts": [say(from_json(doubt)) for doubt in full.doubts],
    }
    return render(request, "library/edition.html", context)
