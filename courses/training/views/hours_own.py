"""My hours, and what stands behind one entry."""

import datetime
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from courses.training.models import HourEntry
from courses.training.permissions.hours import may_correct, may_read
from courses.training.queries.desk import unit_of
from courses.training.queries.earned import entry_url
from courses.training.queries.hours import entries_of, totals
from courses.training.queries.hours_wording import evidence_words, missing_words, who
from courses.training.queries.standing import YearStanding, report_day, standings
from lianbing.kit import clock
from lianbing.people.models import Officer
from lianbing.people.queries import day_of, identities
from lianbing.people.request import Request

EARLIEST, LATEST = 2000, 2099


def year_asked(request: Request, today: datetime.date) -> int:
    """The year in the address, this year where it is none."""
    text = request.GET.get("year", "")
    return (
        int(text)
        if text.isdecimal() and EARLIEST <= int(text[:4]) <= LATEST and len(text) == 4
        else today.year
    )


def day_asked(request: Request) -> datetime.date | None:
    """The day in the address as of which is read; None where it is none, or of no year that is shown."""
    try:
        day = datetime.date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None


def year_context(found: YearStanding, year: int, as_of: datetime.date | None) -> dict[str, Any]:
    """What the head of a person's year shows."""
    by_kind = totals([found.officer_id], year, as_of)[found.officer_id].by_kind
    kinds = [
        {"label": HourEntry.Kind(kind).label, "hours": hours}
        for kind, hours in sorted(by_kind.items())
        if hours
    ]
    return {"found": found, "missing": missing_words(found.standing), "kinds": kinds}


def rows_of(officer_pk: int, year: int, as_of: datetime.date | None) -> list[dict[str, Any]]:
    """The entries of a year, each with the entry that counters it where that was recorded by `as_of`."""
    rows = []
    known = list(entries_of(officer_pk, year, as_of))
    for entry in known:
        against = getattr(entry, "countered_by", None)
        if against and as_of and day_of(against.recorded_at) > as_of:
            against = None
        rows.append({"entry": entry, "against": against})
    return rows


@require_GET
def hours(request: Request) -> HttpResponse:
    """One's own year: target, done, missing in words, and every entry."""
    today = clock.today()
    year, as_of = year_asked(request, today), day_asked(request)
    context: dict[str, Any] = {"year": year, "as_of": as_of, "this_year": today.year}
    pk = request.actor.officer_id
    if pk is not None:
        on = report_day(year, today, as_of)
        context |= year_context(standings([pk], year, on, as_of)[pk], year, as_of)
        context |= {"rows": rows_of(pk, year, as_of), "last_year": year - 1, "next_year": year + 1}
    return render(request, "training/hours/own.html", context)


@require_GET
def entry(request: Request, uid: uuid.UUID) -> HttpResponse:
    """One entry with its evidence, its conversion and its corrections."""
    related = ("officer__merged_into", "unit", "category", "table", "counters", "replaces")
    found = get_object_or_404(HourEntry.objects.select_related(*related), uid=uid)
    person = found.officer.merged_into or found.officer
    ids, (path, _name) = identities(person), unit_of(person, clock.today())
    if not may_read(request.actor, ids, path):
        raise Http404
    own = request.actor.officer_id in ids
    context = {
        "entry": found,
        "person": person,
        "own": own,
        "against": HourEntry.objects.filter(counters=found).first(),
        "instead": HourEntry.objects.filter(replaces=found).first(),
        "source_url": entry_url(found, request.actor),
        "by": who(found.by),
        "evidence": evidence_words(found.evidence),
        "may_counter": found.kind != HourEntry.Kind.COUNTER and may_correct(request.actor, ids, path),
    }
    return render(request, "training/hours/entry.html", context)


def person_or_404(pk: int) -> Officer:
    """Somebody who is no record merged into another."""
    return get_object_or_404(Officer, pk=pk, merged_into=None)
