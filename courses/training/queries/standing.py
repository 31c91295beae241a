"""How far people are in a year: their target, what they have done, what is missing."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.queries.audience import persons
from courses.rules.audience import Person, from_json, matches
from courses.training.models import YearTarget
from courses.training.queries.hours import Totals, law_categories, totals
from courses.training.rules.targets import Done, Standing, Target, standing

ZERO = Decimal(0)


@dataclass(frozen=True)
class YearStanding:
    """One person's year. `target` and `standing` are None where no target fits them."""

    officer_id: int
    totals: Totals
    done: Done
    stored: YearTarget | None
    target: Target | None
    standing: Standing | None

    @property
    def lacking(self) -> bool:
        """Whether something is missing."""
        return self.standing is not None and not self.standing.met


def rules_of(stored: YearTarget) -> Target:
    """A stored target as the rules see it."""
    return Target(
        hours=stored.hours,
        law_hours=stored.law_hours,
        online_percent=stored.online_percent,
        days=stored.days,
        either=stored.either,
        carry_most=stored.carry_most,
    )


def targets_of(year: int) -> list[YearTarget]:
    """The targets of a year, the one asked first being first. One statement."""
    return list(YearTarget.objects.filter(year=year).order_by("position", "pk"))


def report_day(year: int, today: datetime.date, as_of: datetime.date | None = None) -> datetime.date:
    """The day on which people are where they are counted: the last day of the year, else today (or as of)."""
    return min(datetime.date(year, 12, 31), as_of or today)


def standings(
    officer_pks: Collection[int], year: int, on: datetime.date, as_of: datetime.date | None = None
) -> dict[int, YearStanding]:
    """Each of these people's year, as they serve on `on`. At most seven statements.

    Whoever serves nowhere on that day has no target.
    """
    stored = targets_of(year)
    people = persons(on, officer_pks) if any(row.audience for row in stored) else None
    law = _law(stored)
    sums = totals(officer_pks, year, as_of)
    return {pk: _standing_of(pk, sums[pk], stored, people, law) for pk in officer_pks}


def _law(stored: Sequence[YearTarget]) -> dict[int, frozenset[int]]:
    """Target id -> ids of the categories that count as law. One statement at most."""
    codes = {tuple(row.law_codes) for row in stored if row.law_hours}
    known = {one: law_categories(one) for one in codes}
    return {row.pk: known.get(tuple(row.law_codes), frozenset()) for row in stored}


def _standing_of(
    pk: int,
    sums: Totals,
    stored: Iterable[YearTarget],
    people: Mapping[int, Person] | None,
    law: Mapping[int, frozenset[int]],
) -> YearStanding:
    fits = next((row for row in stored if _fits(row, pk, people)), None)
    done = done_of(sums, law[fits.pk] if fits else frozenset())
    if fits is None:
        return YearStanding(pk, sums, done, None, None, None)
    target = rules_of(fits)
    return YearStanding(pk, sums, done, fits, target, standing(target, done))


def _fits(row: YearTarget, pk: int, people: Mapping[int, Person] | None) -> bool:
    if not row.audience:
        return True
    person = (people or {}).get(pk)
    return person is not None and matches(from_json(row.audience), person)


def done_of(sums: Totals, law: Collection[int]) -> Done:
    """What was done, as the rules see it."""
    of_law = sum((hours for pk, hours in sums.by_category.items() if pk in law), ZERO)
    return Done(sums.hours, of_law, sums.online, sums.carried, sums.days)
