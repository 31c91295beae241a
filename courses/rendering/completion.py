"""The completion of a path or list as a workbook."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import AssignmentItem
from courses.queries.completion import DONE, LATE, Line, UnitLine
from lianbing.kit.spreadsheets import OutSheet, write_workbook


def state_words(cell: str) -> str:
    """The state of an item in words."""
    if cell == DONE:
        return pgettext("task", "Done")
    return pgettext("task", "Overdue") if cell == LATE else pgettext("task", "Not done")


def matrix_workbook(
    items: Sequence[AssignmentItem], found: Sequence[Line], units: Sequence[UnitLine]
) -> bytes:
    """An .xlsx: people by items, units by items."""
    titles = [f"{place}. {item.title}" for place, item in enumerate(items, start=1)]
    person = [
        _("Unit"),
        _("Full name"),
        _("Staff number"),
        _("Post"),
        *titles,
        pgettext("count of items", "Lacking"),
    ]
    people = [
        [one.unit, one.name, one.staff_number, one.post, *map(state_words, one.cells), one.lacks]
        for one in found
    ]
    unit = [_("Unit"), _("People"), *titles, _("Complete"), _("Overdue people")]
    return write_workbook(
        [
            OutSheet(_("People"), person, people, text_columns=(2,)),
            OutSheet(_("Units"), unit, [_unit(one) for one in units]),
        ]
    )


def _unit(one: UnitLine) -> list[str | int]:
    return [one.name, one.people, *one.done, one.complete, one.late]
