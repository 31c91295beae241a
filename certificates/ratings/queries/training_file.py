"""Honours, sanctions and measures in the personal training file; who may not see one does not learn of it."""

import datetime
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.ratings.models import Record
from certificates.ratings.models.records import KIND_LABELS
from certificates.ratings.permissions.records import READERS, sees_on_file
from certificates.ratings.rules.records import RESTRICTED, Kind
from courses.training.ports import FileEntry, file_section
from lianbing.kit import clock
from lianbing.people.models import Appointment
from lianbing.people.rules import Actor


@file_section("records", order=35)
def records_on_file(officer_pks: list[int], as_of: datetime.date | None) -> list[FileEntry]:
    """What was recorded by the day of a person, and what they answer for, each once. Two statements.

    Measures that have lapsed are left out; what was withdrawn by the day too.
    """
    day = as_of or clock.today()
    end = timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))
    rows = Record.objects.filter(Q(officer__in=officer_pks) | Q(leader__in=officer_pks), recorded_at__lt=end)
    still = Q(withdrawal=None) | Q(withdrawal__at__gte=end)
    lapsed = Q(kind=Kind.MEASURE.value, expires_on__lt=day)
    kept = list(rows.filter(still).exclude(lapsed).select_related("officer", "unit").order_by("on", "pk"))
    if not kept:
        return []
    served = Appointment.objects.filter(officer__in=officer_pks).order_by("-starts_on")
    place = served.values_list("unit__path", flat=True).first() or ""
    return [_entry(row, frozenset(officer_pks), place) for row in kept]


def _entry(row: Record, officer_pks: frozenset[int], place: str) -> FileEntry:
    kind = Kind(row.kind)
    said = [KIND_LABELS[kind], row.sort_label, row.document_no]
    if row.officer_id not in officer_pks:
        about = row.officer.name if row.officer else row.unit.name
        said.append(_("answers for %(name)s") % {"name": about})
    if row.expires_on:
        said.append(_("until %(day)s") % {"day": row.expires_on})
    return FileEntry(
        row.on,
        "record",
        row.title,
        note=" · ".join(str(part) for part in said if part),
        opens=partial(_opens, row, officer_pks, place),
        seen_by=None if kind not in RESTRICTED else partial(_sees, kind, officer_pks, place),
    )


def _sees(kind: Kind, officer_pks: frozenset[int], place: str, reader: Actor) -> bool:
    return sees_on_file(reader, kind, officer_pks, place)


def _opens(row: Record, officer_pks: frozenset[int], place: str, reader: Actor) -> str:
    """The page of the record for whoever may open it."""
    opens = reader.officer_id in officer_pks or reader.covers(place, *READERS)
    return row.get_absolute_url() if opens else ""
