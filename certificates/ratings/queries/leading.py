"""What HR's desk and the leader's page show: the year's figures with what is wrong today, by branch."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from certificates.models import DutyPost
from certificates.queries.duty import with_duty
from certificates.queries.enforcement_rules import in_force
from certificates.ratings.queries.data_book import DataBook, Row, data_book
from certificates.ratings.rules.risks import Risk, UnitFigures, worst
from certificates.rules.validity import add_months
from certificates.state.enforcement import State
from lianbing.people.models import Unit
from lianbing.people.queries import appointments_in

SOON_MONTHS = 3
COUNTS = ("posted", "without", "ending", "soon", "review")


@dataclass(frozen=True)
class Branch:
    """One unit with everything below it: the year's figures, and what holds today."""

    row: Row
    today: Counter[str]


@dataclass(frozen=True)
class Leading:
    """The whole, its branches, the book they come from, and the worst risks with the unit each is about."""

    book: DataBook
    whole: Branch
    branches: list[Branch]
    risks: list[tuple[Risk, Unit]]


def leading(unit: Unit, today: datetime.date, *, most_risks: int = 3) -> Leading:
    """What a leader or HR over `unit` has to know on a day. The statements of the data book and three more."""
    book = data_book(unit, today.year, today=today)
    places = _today(unit, today)
    branches = [Branch(row, _below(row.unit, places)) for row in book.branches]
    whole = Branch(book.whole, _below(unit, places))
    units = {branch.row.unit.path: branch.row.unit for branch in branches or [whole]}
    risks = worst((_figures(branch) for branch in branches or [whole]), most_risks)
    return Leading(book, whole, branches, [(risk, units[risk.key]) for risk in risks])


def mean_star(branch: Branch) -> Decimal | None:
    """The mean of the stars held, to one place; None where nobody holds one."""
    figures = branch.row.figures
    held = {level: figures[f"star_{level}"] or Decimal(0) for level in range(1, 6)}
    people = sum(held.values(), Decimal(0))
    if not people:
        return None
    return (sum((level * count for level, count in held.items()), Decimal(0)) / people).quantize(
        Decimal("0.1")
    )


def figures_of(branch: Branch) -> dict[str, Decimal | None]:
    """Everything known of one unit: the figures of the year, what holds today, the mean star."""
    today = {name: Decimal(branch.today[name]) for name in COUNTS}
    return {**branch.row.figures, **today, "stars": mean_star(branch)}


def _today(unit: Unit, today: datetime.date) -> dict[str, Counter[str]]:
    """Path of a unit -> what is counted of whoever serves exactly there. Two statements."""
    rules = in_force()
    people = with_duty(
        appointments_in([unit.path], today).filter(officer__user__is_rehearsal=False), today, rules
    )
    posted = Q(post__in=DutyPost.posts_of(DutyPost.Duty.ENFORCEMENT))
    good = Q(why="")
    rows = (
        people.order_by()
        .values("unit__path")
        .annotate(
            posted=Count("pk", filter=posted),
            without=Count("pk", filter=posted & ~good),
            ending=Count("pk", filter=good & Q(valid_until__lt=add_months(today, 1))),
            soon=Count("pk", filter=good & Q(valid_until__lt=add_months(today, SOON_MONTHS))),
            review=Count("pk", filter=Q(standing=State.DUE_FOR_REVIEW.value)),
        )
    )
    return {row["unit__path"]: Counter({name: row[name] for name in COUNTS}) for row in rows}


def _below(unit: Unit, places: dict[str, Counter[str]]) -> Counter[str]:
    return sum((found for path, found in places.items() if path.startswith(unit.path)), Counter())


def _figures(branch: Branch) -> UnitFigures:
    figures = branch.row.figures
    return UnitFigures(
        key=branch.row.unit.path,
        posted=branch.today["posted"],
        without=branch.today["without"],
        ending=branch.today["ending"],
        review=branch.today["review"],
        pass_rate=figures["pass_rate"],
        sat=int(figures["sat"] or 0),
        coverage=figures["coverage"],
        staff=int(_sum(figures[name] for name in ("officers", "auxiliaries", "civilians"))),
    )


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value or Decimal(0) for value in values), Decimal(0))
