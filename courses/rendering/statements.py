"""The statement that somebody has completed a course, on paper."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from courses.models import Enrolment
from lianbing.kit import pdf
from lianbing.people.queries import appointment_of, day_of

TEMPLATE = Path(__file__).resolve().parent.parent / "typst" / "statement.typ"


def statement_pdf(enrolment: Enrolment) -> bytes:
    """The statement as PDF. The same enrolment gives the same bytes while its holder keeps their name.

    Load `officer` and `edition` with it; it must be completed.
    """
    assert enrolment.completed_at is not None
    day, officer, edition = day_of(enrolment.completed_at), enrolment.officer, enrolment.edition
    place = appointment_of(officer, day)
    data = {
        "issuer": str(settings.SITE_NAME),
        "title": edition.title,
        "name": officer.name,
        "sentence": _("has completed the course “%(title)s”.") % {"title": edition.title},
        "facts": [
            [_("Staff number"), officer.staff_number],
            [_("Unit"), place.unit.name if place else "—"],
            [_("Edition"), str(edition.number)],
            [_("Minutes"), str(edition.minutes)],
            [_("Completed on"), day.isoformat()],
            [_("Number"), enrolment.number],
        ],
        "kind": _("Statement of completion"),
        "uid": str(enrolment.uid),
        "not_a_card": _(
            "An internal record of learning. It is no qualification and no administrative enforcement card."
        ),
    }
    return pdf.render(TEMPLATE, data, at=enrolment.completed_at)
