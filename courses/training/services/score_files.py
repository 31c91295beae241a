"""Results of a completion test from a workbook: read whole, refused whole."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from courses.training.models import Trainee, TrainingClass
from lianbing.kit.spreadsheets import (
    CellError,
    Column,
    Row,
    RowError,
    Table,
    find_table,
    read_workbook,
    template_workbook,
)


def columns() -> list[Column]:
    """The headings of the list."""
    return [
        Column("staff_number", _("Staff number"), aliases=("工号",), required=True),
        Column("name", _("Full name"), aliases=("姓名",)),
        Column(
            "score", _("Score"), aliases=("成绩", "分数"), required=True, hint=_("0 to 1000, empty: none yet")
        ),
    ]


def enrolled(training_class: TrainingClass) -> dict[str, Trainee]:
    """Who is enrolled in a class, by staff number."""
    rows = training_class.trainees.filter(state=Trainee.State.ENROLLED).select_related("officer", "batch")
    ordered = rows.order_by("batch__number", "unit__path", "officer__staff_number")
    return {one.officer.staff_number: one for one in ordered}


def template(training_class: TrainingClass) -> bytes:
    """The list to be filled in: everybody enrolled, with what has been entered."""
    rows: Iterable[list[Any]] = [
        [number, one.officer.name, one.score] for number, one in enrolled(training_class).items()
    ]
    return template_workbook([(_("Results"), columns(), rows)])


def read(
    training_class: TrainingClass, data: bytes, name: str
) -> tuple[dict[int, Decimal | None], list[RowError]]:
    """The scores of a file by trainee key, and what is wrong row by row. Raises SpreadsheetError."""
    table = find_table(read_workbook(data, name), columns())
    there, errors = enrolled(training_class), list(table.errors)
    scores: dict[int, Decimal | None] = {}
    for row in table.rows:
        try:
            found = _trainee(table, row, there)
            if found.pk in scores:
                raise _Wrong(table.error(row, "staff_number", _("This person stands here twice.")))
            scores[found.pk] = _score(table, row)
        except _Wrong as wrong:
            errors.append(wrong.error)
    return scores, errors


class _Wrong(Exception):
    def __init__(self, error: RowError) -> None:
        super().__init__(error.message)
        self.error = error


def _text(table: Table, row: Row, key: str) -> str:
    try:
        return row.text(key)
    except CellError as error:
        raise _Wrong(table.error(row, key, str(error))) from error


def _trainee(table: Table, row: Row, there: dict[str, Trainee]) -> Trainee:
    number = _text(table, row, "staff_number")
    found = there.get(number)
    if found is None:
        text = _("Nobody with the staff number %(number)s is enrolled.") % {"number": number or "—"}
        raise _Wrong(table.error(row, "staff_number", text))
    name = _text(table, row, "name")
    if name and name != found.officer.name:
        text = _("%(number)s is %(name)s here.") % {"number": number, "name": found.officer.name}
        raise _Wrong(table.error(row, "name", text))
    return found


def _score(table: Table, row: Row) -> Decimal | None:
    text = _text(table, row, "score")
    if not text:
        return None
    try:
        score = Decimal(text)
    except InvalidOperation as error:
        raise _Wrong(table.error(row, "score", _("A score is a number, such as 86 or 86.5."))) from error
    if not score.is_finite() or not 0 <= score <= 1000 or score != score.quantize(Decimal("0.01")):
        text = _("A score lies between 0 and 1000 and has at most two decimals.")
        raise _Wrong(table.error(row, "score", text))
    return score
