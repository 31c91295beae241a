"""Exams of earlier years, taken over from a spreadsheet, in the personal file. Classes and meetings stand there by
their rolls."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.training.models import TakenOver
from courses.training.ports import FileEntry, file_section
from courses.training.rules.records import ABSENT, EXAM, FAILED, LEAVE, PASSED

WORDS = {
    PASSED: lambda: _("Passed"),
    FAILED: lambda: _("Not passed"),
    ABSENT: lambda: _("Did not sit"),
    LEAVE: lambda: _("Postponed"),
}


@file_section("taken_over", order=25)
def taken_over(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """Every exam taken over by the end of the day. One statement."""
    rows = TakenOver.objects.filter(officer__in=officer_pks, sort=EXAM)
    if as_of is not None:
        after = datetime.datetime.combine(as_of + datetime.timedelta(days=1), datetime.time())
        rows = rows.filter(recorded_at__lt=timezone.make_aware(after))
    found = []
    for row in rows:
        words = WORDS.get(row.said["result"])
        said = (words() if words else "", row.said["organiser"], row.said["evidence"], row.said["note"])
        found.append(
            FileEntry(
                on=row.starts_on,
                kind="exam",
                title=row.title,
                score=row.said["score"] or "",
                note=" · ".join(part for part in (*said, _("taken over")) if part),
            )
        )
    return found
