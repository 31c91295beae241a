"""The words of a personal training file, and the file on paper."""

import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.training.queries.file import PersonalFile
from lianbing.kit import pdf
from lianbing.people.models import Appointment, Officer

TEMPLATE = Path(__file__).parent.parent / "typst" / "personal_file.typ"
KIND_NAMES = {
    "class": gettext_lazy("Training class"),
    "session": pgettext_lazy("personal file", "Session"),
    "course": gettext_lazy("Course"),
    "exam": gettext_lazy("Exam"),
    "contest": gettext_lazy("Contest"),
    "external": gettext_lazy("External training"),
    "hours": gettext_lazy("Hours"),
    "correction": gettext_lazy("Correction"),
    "nomination": gettext_lazy("Nomination"),
    "certificate": gettext_lazy("Certificate"),
    "record": gettext_lazy("Honours and measures"),
    "duty": gettext_lazy("Part-time duty"),
    "post": gettext_lazy("Post"),
}


def personal_file_pdf(
    *,
    officer: Officer,
    place: Appointment | None,
    found: PersonalFile,
    as_of: datetime.date | None,
    by: str,
    at: datetime.datetime,
) -> bytes:
    """The file as PDF: who, until when, every entry, the hours in all. Same data and moment, same bytes."""
    said = [
        [_("Full name"), officer.name],
        [_("Staff number"), officer.staff_number],
        [_("Unit"), place.unit.name if place else "—"],
        [_("Post"), place.post.name if place else "—"],
        [_("Joined on"), officer.joined_on.isoformat() if officer.joined_on else "—"],
        [_("Hours in all"), f"{found.hours.normalize():f}"],
    ]
    data = {
        "issuer": str(settings.SITE_NAME),
        "title": _("Personal training file"),
        "facts": said,
        "as_of": (_("As of %(day)s") % {"day": as_of}) if as_of else "",
        "headings": [_("Day"), _("Kind of entry"), _("What"), _("Hours"), _("Score"), _("Note")],
        "rows": [
            [
                entry.on.isoformat(),
                str(KIND_NAMES[entry.kind]),
                entry.title,
                "" if entry.hours is None else f"{entry.hours.normalize():f}",
                entry.score,
                entry.note,
            ]
            for entry in found.entries
        ],
        "years": [[str(year), f"{hours.normalize():f}"] for year, hours in found.by_year],
        "year_heading": _("Hours by year"),
        "printed": _("Printed by %(name)s, %(moment)s")
        % {"name": by, "moment": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"},
        "signature": _("Checked by (signature)"),
        "page": _("Page"),
    }
    return pdf.render(TEMPLATE, data, at=at)
