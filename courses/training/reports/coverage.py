"""Lists of who has been trained, and who may be posted, as workbooks."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from courses.training.queries.coverage import COMING, COVERED, MISSING, Line
from courses.training.queries.posting import PATH, Posting
from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.people.models import Appointment
from lianbing.people.queries import unit_names


def state_words(state: str) -> str:
    """What a line of coverage says."""
    return {
        COVERED: _("Trained"),
        COMING: _("Enrolled"),
        MISSING: _("Not yet"),
    }[state]


def _person(one: Appointment, names: dict[str, str]) -> list[object]:
    return [
        one.officer.staff_number,
        one.officer.name,
        names[one.unit.path],
        one.post.name,
        one.rank,
        str(one.officer.get_category_display()),
    ]


def _headings() -> list[str]:
    return [_("Staff number"), _("Full name"), _("Unit"), _("Post"), _("Rank"), _("Category")]


def coverage_workbook(lines: Sequence[Line], title: str) -> bytes:
    """Every person with whether the training reached them, by unit."""
    names = unit_names({line.appointment.unit.path for line in lines})
    rows: Iterable[list[object]] = [
        [
            *_person(line.appointment, names),
            state_words(line.state),
            line.training_class.title if line.training_class else "",
            line.on,
        ]
        for line in lines
    ]
    headings = [*_headings(), _("State"), _("Class"), _("Until")]
    return write_workbook([OutSheet(title[:31], headings, rows, text_columns=(0,))])


def posting_workbook(found: Posting) -> bytes:
    """Who may be posted, and on a second sheet who may not and why."""
    names = unit_names(
        {one.unit.path for one in found.may} | {one.appointment.unit.path for one in found.may_not}
    )
    may = [_person(one, names) for one in found.may]
    may_not = [[*_person(one.appointment, names), why_words(one.why)] for one in found.may_not]
    return write_workbook(
        [
            OutSheet(_("May be posted"), _headings(), may, text_columns=(0,)),
            OutSheet(_("Induction unfinished"), [*_headings(), _("Reason")], may_not, text_columns=(0,)),
        ]
    )


def why_words(why: str) -> str:
    """Why somebody may not be posted."""
    if why == PATH:
        return _("The induction path is unfinished.")
    return _("The induction class is not completed.")
