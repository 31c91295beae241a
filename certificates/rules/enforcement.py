"""What a province asks of enforcement certificates: how long they last, when they are reviewed and renewed.

The presets repeat figures found in published rules; a bureau starts from one and edits it. Pure Python.
"""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from certificates.rules.validity import LONGEST_MONTHS, add_months

# 行政处罚法 (2021) art. 42: penalties are imposed by enforcement officers who hold the qualification.
NATIONAL_LAW = "《中华人民共和国行政处罚法》第四十二条"
LONGEST_HOURS = 400
MOST_WARNINGS = 6


@dataclass(frozen=True)
class ProvinceRules:
    """The rules of one province. Months are calendar months, hours are training hours.

    `valid_months`: how long a certificate lasts. `renewal_window_months`: renewal opens so long before the end;
    `renewal_grace_months`: and stays open so long after it. `review_every_months`: 0 = no periodic review;
    `review_ahead_months`: it counts as due so long before its day; `review_stops_after_months`: None = an
    overdue review stops nobody by itself, else duty ends so long after its day. `review_hours`,
    `review_exam`, `review_conduct`: without these no review is passed. `warn_months` and
    `training_warn_days`: when the end of an enforcement or of a training certificate is announced.
    `block_months`: no new application so long after a revocation. `auxiliary_law`: the provincial article
    that keeps auxiliaries from it, named in refusals beside the national one.
    """

    valid_months: int = 60
    renewal_window_months: int = 6
    renewal_grace_months: int = 3
    review_every_months: int = 12
    review_ahead_months: int = 2
    review_stops_after_months: int | None = None
    review_hours: Decimal = Decimal(0)
    review_exam: bool = False
    review_conduct: bool = True
    warn_months: tuple[int, ...] = (6, 3, 1)
    training_warn_days: tuple[int, ...] = (90, 60, 30, 7)
    block_months: int = 0
    auxiliary_law: str = ""

    def as_json(self) -> dict[str, Any]:
        """The rules as JSON data."""
        return {
            **asdict(self),
            "review_hours": str(self.review_hours),
            "warn_months": list(self.warn_months),
            "training_warn_days": list(self.training_warn_days),
        }

    @property
    def laws(self) -> str:
        """The articles named when an auxiliary is refused, the national one first."""
        return "；".join(law for law in (NATIONAL_LAW, self.auxiliary_law) if law)

    @property
    def stop_months(self) -> int | None:
        """How long after a review an overdue next one ends duty, or None = never by itself."""
        if not self.review_every_months or self.review_stops_after_months is None:
            return None
        return self.review_every_months + self.review_stops_after_months


STANDARD = "standard"
PRESETS: dict[str, ProvinceRules] = {
    STANDARD: ProvinceRules(),
    "hunan": ProvinceRules(review_every_months=0, review_conduct=False),
    "hebei": ProvinceRules(review_every_months=12),
    "inner_mongolia": ProvinceRules(valid_months=72, renewal_window_months=3, review_every_months=36),
    "panzhihua": ProvinceRules(
        valid_months=36, renewal_window_months=1, review_every_months=0, warn_months=(3, 2, 1)
    ),
    "zibo": ProvinceRules(valid_months=24, block_months=24),
    "jiangsu": ProvinceRules(review_hours=Decimal(40), review_exam=True, review_stops_after_months=3),
    "henan": ProvinceRules(auxiliary_law="《河南省行政执法条例》第二十条"),
    "zhejiang": ProvinceRules(auxiliary_law="《浙江省综合行政执法条例》第三十条"),
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with rules: the field, a code, and the figures of the sentence."""

    field: str
    code: str
    params: Mapping[str, Any]


_LIMITS: dict[str, tuple[int, int]] = {
    "valid_months": (1, LONGEST_MONTHS),
    "renewal_window_months": (0, LONGEST_MONTHS),
    "renewal_grace_months": (0, 60),
    "review_every_months": (0, LONGEST_MONTHS),
    "review_ahead_months": (0, 12),
    "review_stops_after_months": (0, 24),
    "review_hours": (0, LONGEST_HOURS),
    "block_months": (0, LONGEST_MONTHS),
}


def faults(rules: ProvinceRules) -> list[Fault]:
    """What keeps these rules from being adopted; none = they are sound."""
    found = [
        Fault(name, "range", {"low": low, "high": high})
        for name, (low, high) in _LIMITS.items()
        if (value := getattr(rules, name)) is not None and not low <= value <= high
    ]
    if rules.renewal_window_months > rules.valid_months:
        found.append(Fault("renewal_window_months", "window", {"months": rules.valid_months}))
    for name, most in (("warn_months", LONGEST_MONTHS), ("training_warn_days", 365)):
        steps = getattr(rules, name)
        if len(set(steps)) != len(steps) or len(steps) > MOST_WARNINGS:
            found.append(Fault(name, "steps", {"most": MOST_WARNINGS}))
        elif any(not 1 <= step <= most for step in steps):
            found.append(Fault(name, "range", {"low": 1, "high": most}))
    return found


def from_json(said: Mapping[str, Any]) -> ProvinceRules:
    """Rules from stored JSON data. What it does not name is as the standard has it. ValueError when it is none."""
    known = {field.name for field in fields(ProvinceRules)}
    given = {name: value for name, value in said.items() if name in known}
    for name in ("warn_months", "training_warn_days"):
        if name in given:
            given[name] = tuple(sorted((int(step) for step in given[name]), reverse=True))
    if "review_hours" in given:
        try:
            given["review_hours"] = Decimal(str(given["review_hours"]))
        except InvalidOperation as error:
            raise ValueError("review_hours is no number") from error
    return ProvinceRules(**given)


def review_due_on(base: datetime.date | None, rules: ProvinceRules) -> datetime.date | None:
    """The day by which a certificate last reviewed (or issued) on `base` is to be reviewed, or None."""
    if base is None or not rules.review_every_months:
        return None
    return add_months(base, rules.review_every_months)


def counts_as_due(base: datetime.date | None, day: datetime.date, rules: ProvinceRules) -> bool:
    """Whether on `day` the review of a certificate reviewed on `base` is due or near."""
    due = review_due_on(base, rules)
    return due is not None and day >= add_months(due, -rules.review_ahead_months)


def stops_for_review(base: datetime.date | None, day: datetime.date, rules: ProvinceRules) -> bool:
    """Whether on `day` the review is so overdue that the certificate is good for no duty."""
    if base is None or rules.stop_months is None:
        return False
    return day > add_months(base, rules.stop_months)


def first_base_not_due(day: datetime.date, rules: ProvinceRules) -> datetime.date | None:
    """The earliest base with which nothing is due on `day`; None where nothing is ever due.

    For SQL, which compares a stored day with this one. Month ends make the sum of months no plain
    inverse, so the day next to it is sought; `counts_as_due` only ever turns once as the base grows.
    """
    if not rules.review_every_months:
        return None
    one = datetime.timedelta(days=1)
    base = add_months(day, rules.review_ahead_months - rules.review_every_months) - 10 * one
    while counts_as_due(base, day, rules):
        base += one
    return base


def renewal_opens_on(valid_until: datetime.date, rules: ProvinceRules) -> datetime.date:
    """The first day of renewal: 31 Oct 2027 with a window of six months opens on 1 May 2027."""
    return add_months(valid_until + datetime.timedelta(days=1), -rules.renewal_window_months)


def renewal_closes_on(valid_until: datetime.date, rules: ProvinceRules) -> datetime.date:
    """The last day of renewal; after it a new application is needed."""
    return add_months(valid_until, rules.renewal_grace_months)
