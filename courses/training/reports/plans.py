"""Plans against done, and costs by unit, as a workbook."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.training.queries.plan_costs import UnitCost, total
from courses.training.queries.plan_progress import PlanStanding
from lianbing.kit.spreadsheets.writing import OutSheet, write_workbook
from lianbing.people.queries import unit_names


def plans_workbook(standings: Sequence[PlanStanding], costs: Sequence[UnitCost]) -> bytes:
    """Two sheets: every line of these plans with what was done, and the costs by unit with their sum.

    Shares are percentages as numbers (62.5 = 62.5 %), costs are yuan.
    """
    return write_workbook([_lines(standings), _costs(costs)])


def _lines(standings: Sequence[PlanStanding]) -> OutSheet:
    names = unit_names({standing.plan.unit.path for standing in standings})
    headings = [
        _("Unit"), _("Year"), _("Version"), _("State"), _("What is to be done"), _("Content category"), _("Measure"),
        pgettext("plan", "Target"), pgettext("plan", "Done"), _("Done (%)"), _("Responsible"), _("Due on"), pgettext("plan", "Overdue"),
        _("Result expected"), _("Planned cost in yuan"), _("Spent in yuan"),
    ]  # fmt: skip
    rows = [
        [
            names[standing.plan.unit.path],
            standing.plan.year,
            standing.plan.version,
            str(standing.plan.get_state_display()),
            row.line.title,
            row.line.category.name if row.line.category else "",
            str(row.line.get_measure_display()),
            row.line.target,
            row.done.amount,
            row.done.percent,
            row.line.owner.name if row.line.owner else "",
            row.line.due_on,
            pgettext("plan", "Overdue") if row.overdue else "",
            row.line.expected,
            row.line.cost_planned,
            row.spent,
        ]
        for standing in standings
        for row in standing.lines
    ]
    return OutSheet(_("Plans"), headings, rows)


def _costs(costs: Sequence[UnitCost]) -> OutSheet:
    headings = [
        _("Unit"),
        _("Planned, own"),
        _("Spent, own"),
        _("Planned, with units below"),
        _("Spent, with units below"),
    ]
    rows: list[list[Any]] = [
        [row.name, row.planned, row.spent, row.planned_below, row.spent_below] for row in costs
    ]
    planned, spent = total(costs)
    rows.append([_("Sum of all units"), planned, spent, None, None])
    return OutSheet(_("Costs"), headings, rows)
