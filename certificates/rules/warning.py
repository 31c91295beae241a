"""When somebody is warned that a certificate ends: months before for the state card, days before for training.

Presets: 6, 3 and 1 months for enforcement certificates, 90, 60, 30 and 7 days for training certificates.
Both are settings of the bureau.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from certificates.rules.validity import add_months


@dataclass(frozen=True, order=True)
class Step:
    """One warning: `begins` is the first day on which it is due, `code` its name ("m6", "d30")."""

    begins: datetime.date
    code: str


def steps(ends_on: datetime.date, *, months: Iterable[int] = (), days: Iterable[int] = ()) -> list[Step]:
    """The warnings of a certificate whose last good day is `ends_on`, the earliest first.

    Six months before 31 August is 28 (or 29) February: the last day of a shorter month.
    """
    by_months = [Step(add_months(ends_on, -count), f"m{count}") for count in set(months) if count > 0]
    by_days = [
        Step(ends_on - datetime.timedelta(days=count), f"d{count}") for count in set(days) if count > 0
    ]
    return sorted(by_months + by_days)


def due(
    ends_on: datetime.date,
    today: datetime.date,
    *,
    months: Iterable[int] = (),
    days: Iterable[int] = (),
) -> str | None:
    """The warning that is due today, None when there is none or the certificate has ended.

    Only the nearest one: whoever is entered with three weeks left is told once, not three times.
    """
    if today > ends_on:
        return None
    begun = [step for step in steps(ends_on, months=months, days=days) if step.begins <= today]
    return begun[-1].code if begun else None


def read_code(code: str) -> tuple[str, int]:
    """("months", 6) of "m6", ("days", 30) of "d30". Raises ValueError for anything else."""
    unit = {"m": "months", "d": "days"}.get(code[:1])
    if unit is None or not code[1:].isdecimal():
        raise ValueError(f"no warning {code!r}")
    return unit, int(code[1:])
