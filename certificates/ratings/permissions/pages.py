"""Who sets indicators and schemes, who runs periods, who reads which results.

Indicators and schemes hold for everybody, so that HR of the whole bureau alone sets them; what is adopted is
read by everybody with an account, because a formula that decides about people stands open. A period is run by
HR over its unit and confirmed by HR or a leader over it. A result is read by the person it is about once it is
published, and by HR and leaders over the unit where the person served.
"""

from certificates.ratings.models import Period, Result
from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)
_SETTING = only(Role.HR, scope="all")
_READING = only(*READERS, scope="unit")

ROUTES: dict[str, Rule] = {
    "ratings:home": signed_in(scope="own"),
    "ratings:indicators": only(*READERS),
    "ratings:indicator_new": _SETTING,
    "ratings:indicator": only(*READERS),
    "ratings:indicator_edit": _SETTING,
    "ratings:indicator_retire": _SETTING,
    "ratings:schemes": signed_in(),
    "ratings:scheme_new": _SETTING,
    "ratings:scheme": signed_in(),
    "ratings:scheme_edit": _SETTING,
    "ratings:scheme_preview": only(*READERS),
    "ratings:scheme_adopt": _SETTING,
    "ratings:periods": _READING,
    "ratings:period_new": only(Role.HR, scope="unit"),
    "ratings:period": _READING,
    "ratings:period_do": _READING,
    "ratings:period_gather": only(Role.HR, scope="unit"),
    "ratings:as_of": _READING,
    "ratings:statement": _READING,
    "ratings:result": signed_in(scope="unit"),
    "ratings:appeal": signed_in(scope="own"),
    "ratings:appeals": _READING,
    "ratings:appeal_page": signed_in(scope="unit"),
    "ratings:appeal_withdraw": signed_in(scope="own"),
}


def sets_rules(actor: Actor) -> bool:
    """HR of the whole bureau: indicators and schemes hold for everybody."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose periods and results the actor may read."""
    return actor.scopes(*READERS)


def runs(actor: Actor, period: Period) -> bool:
    """HR over the unit of a period: opens it, gathers, computes, reviews, publishes, closes, corrects."""
    return actor.covers(period.unit.path, Role.HR)


def confirms(actor: Actor, period: Period) -> bool:
    """HR or a leader over the unit of a period. That it is another person than who computed, the service sees to."""
    return actor.covers(period.unit.path, *READERS)


def is_about(actor: Actor, result: Result, own_ids: list[int]) -> bool:
    """Whether a result is the actor's own: of one of the records under which they are known."""
    return actor.officer_id is not None and result.officer_id in own_ids


def reads_result(actor: Actor, unit_path: str) -> bool:
    """Whether the actor reads the results of those who served in the unit with this path."""
    return actor.covers(unit_path, *READERS)


def speaks_for_unit(actor: Actor, unit_path: str) -> bool:
    """Whether the actor may appeal for the unit with this path: a leader over it."""
    return actor.covers(unit_path, Role.LEADER)
