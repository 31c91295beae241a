"""One's own assessments, and a result with its formula: every point opens the record behind it."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from certificates.ratings.models import Appeal, Fact, Result
from certificates.ratings.permissions.pages import reading_scopes
from certificates.ratings.queries import desk, opening
from certificates.ratings.rendering.explaining import Explained, explain
from certificates.ratings.rendering.periods import period_name
from certificates.ratings.rendering.results import APPEAL_TONES, moved
from certificates.ratings.rules.numbers import plain
from certificates.ratings.rules.words import How, Kind, Subject
from certificates.ratings.services import appeals
from certificates.ratings.views.common import dressed, own_ids, readable_result, sees_unpublished
from lianbing.kit import clock
from lianbing.people.request import Request


@require_safe
def home(request: Request) -> HttpResponse:
    """One's own stars, period by period; for HR and leaders the way to the desk."""
    rows = desk.own_results(own_ids(request))
    for row in rows:
        period = row.statement.period
        word, tone = moved(row.why)
        dressed(row, name=period_name(period.kind, period.first), moved=word, tone=tone)
    context = {"rows": rows, "star": next((row for row in rows if row.star is not None), None)}
    return render(request, "ratings/home.html", context | {"reads": bool(reading_scopes(request.actor))})


@require_safe
def result_page(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One result: the score, the star and why, every line with its formula and its records."""
    result, mine = readable_result(request, uid)
    statement, period = result.statement, result.statement.period
    road = desk.road_of(period)
    works = sees_unpublished(request, period) and not mine
    others = [one for one in _others(result) if one.statement_id in road.published or works]
    newest = next((one for one in others if one.statement_id in road.published), None)
    newer = newest if newest and newest.statement.number > statement.number else None
    explained = explain(result)
    for appeal in result.appeals.all():
        dressed(appeal, tone=APPEAL_TONES[Appeal.State(appeal.state)])
    speaks = mine or result.officer_id is None
    context = {
        "result": result,
        "mine": mine,
        "statement": statement,
        "period": period,
        "name": period_name(period.kind, period.first),
        "published_at": road.published.get(statement.pk),
        "newer": newer,
        "newer_at": road.published[newer.statement_id] if newer else None,
        "others": others if len(others) > 1 else [],
        "explained": explained,
        "opened": "open" in request.GET,
        "lines": _lines(result, explained, opening.facts_of(result), mine),
        "reason": _reason(result, others, mine),
        "parts": _parts(result),
        "ranked": statement.results.filter(place__isnull=False).count() if result.place else 0,
        "confirmed_by": road.confirmed.get(statement.pk, ""),
        "appeals": result.appeals.all(),
        "can_appeal": speaks and not appeals.why_not(result=result, by=request.actor, at=clock.now()),
        **_of_unit(result),
    }
    return render(request, "ratings/result.html", context)


def _others(result: Result) -> list[Result]:
    """The results of the same person or unit in every statement of the period, newest first."""
    whose = {"officer": result.officer_id} if result.officer_id else {"unit": result.unit_id}
    rows = Result.objects.filter(statement__period=result.statement.period_id, **whose)
    return list(rows.select_related("statement").order_by("-statement__number"))


def _reason(result: Result, others: list[Result], mine: bool) -> str:
    """Why this statement was made. Whose own result it left as it was reads no more: it speaks of somebody else."""
    reason, number = result.statement.reason, result.statement.number
    before = next((one for one in others if one.statement.number < number), None)
    if not reason or not mine or before is None or _figures(before) != _figures(result):
        return reason
    return _("Results of this period were corrected. Yours did not change.")


def _figures(result: Result) -> tuple[Any, ...]:
    return (result.score, result.grade, result.star, result.lines)


def _lines(
    result: Result, explained: Explained, facts: dict[str, list[Fact]], mine: bool
) -> list[dict[str, Any]]:
    tones = {Kind.BONUS: "ok", Kind.DEDUCTION: "bad", Kind.VETO: "bad"}
    return [
        {
            "line": line,
            "code": line.code,
            "title": line.title,
            "words": line.text,
            "points": "—" if line.points is None else plain(line.points),
            "tone": tones.get(line.kind, "") if line.points or facts.get(line.code) else "",
            "facts": [_fact(one, mine) for one in facts.get(line.code, [])],
        }
        for line, stored in zip(explained.lines, result.lines, strict=True)
        if stored[2] != How.UNUSED
    ]


def _fact(fact: Fact, mine: bool) -> dict[str, Any]:
    """A fact as a row. Those who look after the person open it where they are allowed to."""
    return {
        "label": fact.label,
        "on": fact.on,
        "until": fact.until,
        "value": plain(fact.value),
        "url": fact.url if mine else str(fact.extra.get("staff") or fact.url),
    }


def _parts(result: Result) -> list[dict[str, Any]]:
    """The earlier results that were rolled up, each with its own page."""
    return [
        {
            "url": one.get_absolute_url(),
            "name": period_name(one.statement.period.kind, one.statement.period.first),
            "score": plain(one.score),
        }
        for one in (opening.parts_behind(result) if result.parts else [])
    ]


def _of_unit(result: Result) -> dict[str, Any]:
    """For a unit: how many people its base holds, and who is out of it by name."""
    if result.statement.period.scheme.subject != Subject.UNIT:
        return {}
    path = result.roll.unit_path
    return {
        "base": desk.bases_of(result.statement, [path])[path],
        "excluded": desk.excluded_in(result.statement, [path]),
    }
