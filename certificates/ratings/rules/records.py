"""Honours, sanctions, measures and findings of supervision: their sorts, levels, how long each holds.

Months a sanction holds: 公职人员政务处分法 (2020) art. 8; an admonition: six months, the rules of the organisation
departments on 提醒、函询和诫勉. All others have no period by law: whoever records one may write a last day.
"""

import datetime
from enum import StrEnum

from certificates.rules import validity


class Kind(StrEnum):
    """What is recorded of a person or a unit beside training and exams."""

    HONOUR = "honour"
    SANCTION = "sanction"
    MEASURE = "measure"
    FINDING = "finding"


class Standing(StrEnum):
    """How a record stands on a day."""

    AHEAD = "ahead"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


SORTS: dict[Kind, tuple[str, ...]] = {
    Kind.HONOUR: (
        "collective",
        "individual",
        "model",
        "expert",
        "commendation",
        "case_file",
        "excellent_post",
        "other",
    ),
    Kind.SANCTION: (
        "circular",
        "warning",
        "demerit",
        "major_demerit",
        "demotion",
        "removal",
        "accountability",
        "other",
    ),
    Kind.MEASURE: ("talk", "admonition", "yellow_card"),
    Kind.FINDING: (
        "inspection",
        "unannounced",
        "complaint",
        "media",
        "case_file",
        "late_or_early",
        "no_sign_in",
        "off_post",
        "absent_activity",
        "slow_response",
        "uniform",
        "general_breach",
        "other",
    ),
}
LEVELS = ("national", "provincial", "municipal", "county", "bureau", "unit")
MONTHS = {"warning": 6, "demerit": 12, "major_demerit": 18, "demotion": 24, "removal": 24, "admonition": 6}
# Seen by the person, the personnel office and the leader of the unit, never by trainers and other readers of a file.
RESTRICTED = frozenset({Kind.SANCTION, Kind.MEASURE, Kind.FINDING})


def sort_fits(kind: Kind, sort: str) -> bool:
    """Whether there is such a sort of this kind."""
    return sort in SORTS[kind]


def last_day(kind: Kind, sort: str, on: datetime.date) -> datetime.date | None:
    """The last day on which a record made on `on` holds by law; None where the law names no period.

    Six months from 15 January end on 14 July.
    """
    months = MONTHS.get(sort) if kind in {Kind.SANCTION, Kind.MEASURE} else None
    return validity.last_day(on, months) if months else None


def faults(
    *, kind: Kind, sort: str, on: datetime.date, expires_on: datetime.date | None, today: datetime.date
) -> list[tuple[str, str]]:
    """What cannot be right, as (field, code): sort, ahead, order, open (a measure always lapses)."""
    found = []
    if not sort_fits(kind, sort):
        found.append(("sort", "sort"))
    if on > today:
        found.append(("on", "ahead"))
    if expires_on is not None and expires_on < on:
        found.append(("expires_on", "order"))
    if kind is Kind.MEASURE and expires_on is None:
        found.append(("expires_on", "open"))
    return found


def standing(
    *, on: datetime.date, expires_on: datetime.date | None, withdrawn: bool, day: datetime.date
) -> Standing:
    """How a record stands on a day."""
    if withdrawn:
        return Standing.WITHDRAWN
    if day < on:
        return Standing.AHEAD
    return Standing.LAPSED if expires_on is not None and expires_on < day else Standing.IN_FORCE


def touches(
    *, on: datetime.date, expires_on: datetime.date | None, first: datetime.date, last: datetime.date
) -> bool:
    """Whether a record was made in these days or still holds on one of them (None = only in its own day)."""
    return on <= last and (on >= first or (expires_on is not None and expires_on >= first))
