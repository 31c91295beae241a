"""Who reads and who corrects training hours."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "training:hours": signed_in(scope="own"),
    "training:hours_entry": signed_in(scope="unit"),
    "training:hours_manage": only(*READERS, scope="unit"),
    "training:hours_export": only(*READERS, scope="unit"),
    "training:hours_person": only(*READERS, scope="unit"),
    "training:hours_counter": only(Role.HR, scope="unit"),
    "training:hours_enter": only(Role.HR, scope="unit"),
    "training:hours_claims": only(Role.HR, scope="unit"),
    "training:hours_claim": only(Role.HR, scope="unit"),
    "training:hours_locks": only(*READERS, scope="unit"),
    "training:hours_lock": only(Role.HR, scope="unit"),
    "training:hours_tables": only(*READERS, scope="all"),
    "training:hours_table": only(*READERS, scope="all"),
    "training:hours_table_new": only(Role.HR, scope="all"),
    "training:hours_targets": only(*READERS, scope="all"),
    "training:hours_target_new": only(Role.HR, scope="all"),
    "training:hours_target": only(Role.HR, scope="all"),
    "training:hours_carry": only(Role.HR, scope="all"),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose people's hours the actor may read."""
    return actor.scopes(*READERS)


def may_read(actor: Actor, officer_ids: list[int], unit_path: str) -> bool:
    """One's own hours (under any record merged into one's own), or those of people one looks after."""
    return actor.officer_id in officer_ids or actor.covers(unit_path, *READERS)


def may_correct(actor: Actor, officer_ids: list[int], unit_path: str) -> bool:
    """HR of the unit where the person serves now, never for oneself."""
    return actor.officer_id not in officer_ids and actor.covers(unit_path, Role.HR)


def may_set_rules(actor: Actor) -> bool:
    """HR of the whole bureau: tables, targets and carrying over hold for everybody."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))


def may_lock(actor: Actor, unit_path: str) -> bool:
    """HR of the unit ("" = the whole bureau) closes its periods."""
    return may_set_rules(actor) if unit_path == "" else actor.covers(unit_path, Role.HR)
