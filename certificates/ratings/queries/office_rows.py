"""The rows of other offices' workbooks: units as on HR's desk, people with their certificate, hours and star."""

import datetime
from typing import Any

from django.db.models import Sum

from certificates.models.enforcement_labels import STATE_LABELS
from certificates.queries.duty import with_duty
from certificates.queries.enforcement_rules import in_force
from certificates.ratings.queries.leading import Branch, figures_of, leading
from certificates.ratings.queries.stars import stars_on
from certificates.ratings.rules.office_templates import UNIT_FIGURES
from certificates.state.enforcement import State
from courses.training.models import HourEntry
from lianbing.kit.spreadsheets.filling import Value
from lianbing.people.models import Unit
from lianbing.people.queries import appointments_in


def unit_rows(unit: Unit, today: datetime.date) -> list[dict[str, Value]]:
    """A row for each branch, or for the unit itself where it has none."""
    found = leading(unit, today)
    return [_unit(number, branch) for number, branch in enumerate(found.branches or [found.whole], start=1)]


def _unit(number: int, branch: Branch) -> dict[str, Value]:
    known = figures_of(branch)
    row: dict[str, Value] = {"序号": number, "单位": branch.row.unit.name}
    return row | {name: known[figure] for name, figure in UNIT_FIGURES.items()}


def person_rows(unit: Unit, today: datetime.date) -> list[dict[str, Value]]:
    """A row for each person who serves in the unit or below it, by unit and staff number. Identity numbers are masked."""
    people = appointments_in([unit.path], today).filter(officer__user__is_rehearsal=False)
    rows = list(with_duty(people, today, in_force()))
    ids = [row.officer_id for row in rows]
    stars = stars_on(ids, today)
    hours = dict(
        HourEntry.objects.filter(officer__in=ids, year=today.year)
        .order_by()
        .values_list("officer")
        .annotate(sum=Sum("hours"))
    )
    return [
        _person(number, row, hours.get(row.officer_id), stars.get(row.officer_id))
        for number, row in enumerate(rows, start=1)
    ]


def _person(number: int, row: Any, hours: Any, star: Any) -> dict[str, Value]:
    return {
        "序号": number,
        "姓名": row.officer.name,
        "工号": row.officer.staff_number,
        "胸号": row.officer.badge_number,
        "身份证号": row.officer.id_number_masked,
        "类别": str(row.officer.get_category_display()),
        "单位": row.unit.name,
        "岗位": row.post.name,
        "职务": row.rank,
        "执法证号": row.certificate_no or "",
        "有效期至": row.valid_until,
        "持证状态": str(STATE_LABELS[State(row.standing)]),
        "能否上岗": "否" if row.why else "是",
        "本年学时": hours or 0,
        "星级": star.level if star else None,
    }
