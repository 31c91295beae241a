"""Contests in the personal training file: confirmed matches, rehearsals left out."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.training.ports import FileEntry, file_section
from exams.contests.queries.standing import ContestResult, results_of_all
from lianbing.people.queries import day_of


@file_section("contests", order=25)
def contests_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """Every match of a person's team that was confirmed by the day. Three statements."""
    rows = [(day_of(one.at), one) for one in results_of_all(officer_pks)]
    return [_entry(on, one) for on, one in rows if as_of is None or on <= as_of]


def _entry(on: datetime.date, one: ContestResult) -> FileEntry:
    note = _("Team “%(team)s”, place %(place)d of %(of)d") % {
        "team": one.team,
        "place": one.place,
        "of": one.of,
    }
    if not one.stood:
        note = _("%(note)s, in reserve") % {"note": note}
    return FileEntry(
        on=on,
        kind="contest",
        title=f"{one.contest} · {one.match}",
        note=note,
        url=reverse("contests:result", args=[one.match_uid]),
    )
