"""What training was planned to cost and what was spent, by unit and year (R71)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from courses.training.models import External, PlanLine, TrainingClass
from courses.training.queries.plans import inside
from courses.training.state import ExternalState, PlanState
from lianbing.people.models import Unit
from lianbing.people.queries import unit_names


@dataclass(frozen=True)
class UnitCost:
    """The cost of one unit in a year, in yuan: its own, and with everything below it."""

    unit: Unit
    name: str
    planned: Decimal
    spent: Decimal
    planned_below: Decimal
    spent_below: Decimal


def costs(paths: Collection[str], year: int) -> list[UnitCost]:
    """Every unit of these subtrees with a cost in the year, or with one below it, in the order of the tree.

    Planned: the lines of the plans in force. Spent: the classes of the unit that begin in the year and
    were not cancelled, and the external training of its people that ended in it and was accepted.
    """
    planned = _sums(
        PlanLine.objects.filter(
            inside(paths, "plan__unit__path"), plan__year=year, plan__state=PlanState.APPROVED.value
        ),
        "plan__unit__path",
        "cost_planned",
    )
    classes = TrainingClass.objects.filter(inside(paths), starts_on__year=year)
    spent = _sums(classes.exclude(state=TrainingClass.State.CANCELLED), "unit__path", "cost")
    externals = External.objects.filter(inside(paths), ends_on__year=year, state=ExternalState.ACCEPTED.value)
    for path, cost in _sums(externals, "unit__path", "cost").items():
        spent[path] += cost
    above = {
        path[:end] for path in {*planned, *spent} for end in range(Unit.steplen, len(path) + 1, Unit.steplen)
    }
    shown = sorted(path for path in above if any(path.startswith(scope) for scope in paths))
    names = unit_names(set(shown))
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=shown)}
    return [
        UnitCost(
            unit=units[path],
            name=names[path],
            planned=planned[path],
            spent=spent[path],
            planned_below=_below(planned, path),
            spent_below=_below(spent, path),
        )
        for path in shown
    ]


def _sums(rows: QuerySet[Any], path: str, cost: str) -> defaultdict[str, Decimal]:
    """The sum of `cost` by unit path; what has no cost is nothing."""
    sums = rows.order_by().values_list(path).annotate(total=Sum(cost))
    return defaultdict(Decimal, {where: total for where, total in sums if total})


def _below(sums: dict[str, Decimal], path: str) -> Decimal:
    return sum((total for where, total in sums.items() if where.startswith(path)), Decimal(0))


def total(rows: Collection[UnitCost]) -> tuple[Decimal, Decimal]:
    """(planned, spent) of all units together, each once."""
    return (
        sum((row.planned for row in rows), Decimal(0)),
        sum((row.spent for row in rows), Decimal(0)),
    )
