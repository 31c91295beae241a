"""Pictures of mastery, each number with the way down; the desk of those who look after units."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.drills.permissions.standing import READERS, reading_scopes
from courses.drills.queries import boards, mastery, wrong
from courses.drills.queries.mastery import TopicLine, UnitMastery
from lianbing.kit import charts, clock
from lianbing.library.models import Law
from lianbing.people.models import Post, Unit
from lianbing.people.queries import units_in
from lianbing.people.request import Request

ON_A_PICTURE = 12
PERIODS = (7, 30, 90)
GOOD, WEAK = 80, 50


def tone(percent: int) -> str:
    """The tone of a mastery: a help for the eye beside the number."""
    return "ok" if percent >= GOOD else "warn" if percent >= WEAK else ""


@require_safe
def own(request: Request) -> HttpResponse:
    """What I master, by law or by knowledge point."""
    by = "point" if request.GET.get("by") == "point" else "law"
    officer, at = request.actor.officer_id, clock.now()
    lines: list[TopicLine] = []
    if officer is not None:
        lines = mastery.point_lines(officer, at) if by == "point" else mastery.law_lines(officer, at)
    top = [line for line in lines if line.topic.depth == 0][:ON_A_PICTURE]
    heading = _("Knowledge point") if by == "point" else _("Law")
    context = {"by": by, "lines": lines, "chart": _topics_chart(top, heading)}
    return render(request, "drills/standing/mastery.html", context)


@require_safe
def own_law(request: Request, pk: int) -> HttpResponse:
    """What I master of one law, article by article."""
    law = get_object_or_404(Law, pk=pk)
    officer = request.actor.officer_id
    lines = mastery.article_lines(officer, law.pk, clock.now()) if officer is not None else []
    context = {"law": law, "lines": lines, "chart": _topics_chart(lines[:ON_A_PICTURE], _("Article"))}
    return render(request, "drills/standing/mastery_law.html", context)


def _topics_chart(lines: list[TopicLine], heading: str) -> dict[str, Any]:
    values = [
        charts.Value(
            line.topic.title[:20],
            line.part.percent,
            f"{line.part.percent}% ({line.part.mastered}/{line.part.size})",
            tone(line.part.percent),
        )
        for line in lines
    ]
    return charts.bars(values, title=_("Mastered"), heading=heading, unit=_("Mastered"), most=100)


@require_safe
def manage(request: Request) -> HttpResponse:
    """The desk of drills: where each thing is kept and seen."""
    return render(request, "drills/standing/manage.html", {"reads_units": request.actor.has(*READERS)})


@require_safe
def units(request: Request) -> HttpResponse:
    """Participation and mastery of units, and of posts in them; no names of people."""
    at, today = clock.now(), clock.today()
    scopes = reading_scopes(request.actor)
    parent = _chosen(request, scopes)
    first, last = boards.period_of("month", today)
    path = parent.path if parent else ""
    counts = mastery.counted(path, at, mastery.lists(at))
    found = mastery.by_unit(path, counts)
    rows = [
        {"line": line, "unit": line.unit, "mastery": found[line.unit.path]}
        for line in boards.unit_board(parent, first, last, mastery.heads(counts))
        if line.unit and line.unit.path in found
    ]
    context = {
        "parent": parent,
        "above": _above(parent, scopes),
        "rows": rows,
        "chart": _units_chart(rows),
        "posts": _posts(mastery.by_post(counts)),
        "first": first,
        "today": today,
    }
    return render(request, "drills/standing/units.html", context)


def _chosen(request: Request, scopes: list[str]) -> Unit | None:
    """The unit looked into; without a choice the top of what one looks after (None: several bureaus)."""
    text = request.GET.get("unit", "")
    if text:
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            raise Http404
        unit = get_object_or_404(Unit, pk=int(text))
        if not any(unit.path.startswith(scope) for scope in scopes):
            raise PermissionDenied
        return unit
    if "" in scopes:
        roots = Unit.objects.filter(depth=1, closed_on=None)[:2]
        return roots[0] if len(roots) == 1 else None
    return units_in(scopes).first()


def _above(unit: Unit | None, scopes: list[str]) -> Unit | None:
    above: Unit | None = unit.get_parent() if unit else None
    return above if above and any(above.path.startswith(scope) for scope in scopes) else None


def _units_chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    values = [
        charts.Value(
            row["unit"].name[:20],
            row["mastery"].part.percent,
            f"{row['mastery'].part.percent}%",
            tone(row["mastery"].part.percent),
        )
        for row in rows
    ]
    return charts.bars(values, title=_("Must-know mastered"), heading=_("Unit"), unit=_("Mastered"), most=100)


def _posts(found: dict[int, UnitMastery]) -> list[tuple[Post, UnitMastery]]:
    return [(post, found[post.pk]) for post in Post.objects.filter(pk__in=found)]


@require_safe
def wrong_in_units(request: Request) -> HttpResponse:
    """What a unit gets wrong: questions and articles that enough people answered."""
    scopes = reading_scopes(request.actor)
    parent = _chosen(request, scopes)
    path = parent.path if parent else ""
    text = request.GET.get("days", "")
    days = int(text) if text in {str(one) for one in PERIODS} else 30
    since = clock.today() - datetime.timedelta(days=days - 1)
    articles = wrong.wrong_articles(path, since)
    values = [charts.Value(one.title[-20:], one.percent, f"{one.percent}%", "bad") for one in articles]
    context = {
        "parent": parent,
        "units": units_in(scopes),
        "days": days,
        "periods": PERIODS,
        "lines": wrong.wrong_questions(path, since),
        "articles": articles,
        "chart": charts.bars(
            values, title=_("Articles answered wrong"), heading=_("Article"), unit=_("Wrong"), most=100
        ),
        "least": {"answers": wrong.LEAST_ANSWERS, "people": wrong.LEAST_PEOPLE},
    }
    return render(request, "drills/standing/wrong.html", context)
