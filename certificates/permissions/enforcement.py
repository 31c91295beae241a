"""Routes of the register of enforcement certificates and its named predicates."""

from certificates.models import EnforcementCertificate
from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "certificates:enforcement": only(*READERS, scope="unit"),
    "certificates:enforcement_alarms": only(*READERS, scope="unit"),
    "certificates:enforcement_refusals": only(*READERS, scope="unit"),
    "certificates:enforcement_new": only(Role.HR, scope="unit"),
    "certificates:enforcement_rules": only(*READERS, scope="all"),
    "certificates:enforcement_posts": only(*READERS, scope="all"),
    "certificates:enforcement_detail": signed_in(scope="unit"),
    "certificates:enforcement_act": only(Role.HR, scope="unit"),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose entries the actor may read."""
    return actor.scopes(*READERS)


def is_own(actor: Actor, row: EnforcementCertificate) -> bool:
    """Whether it is the actor's own entry, also under a record merged with theirs."""
    return actor.officer_id is not None and actor.officer_id in {row.officer_id, row.officer.merged_into_id}


def may_read(actor: Actor, row: EnforcementCertificate, unit_path: str) -> bool:
    """One's own entry, or that of somebody whose latest unit ("" = none) one looks after or leads."""
    return is_own(actor, row) or actor.covers(unit_path, *READERS)


def may_change(actor: Actor, row: EnforcementCertificate, unit_path: str) -> bool:
    """HR of the person's unit, never for oneself."""
    return not is_own(actor, row) and actor.covers(unit_path, Role.HR)


def may_enter(actor: Actor, officer_id: int, unit_path: str) -> bool:
    """HR of the person's unit may begin an entry, never for oneself."""
    return actor.officer_id != officer_id and actor.covers(unit_path, Role.HR)


def may_set_rules(actor: Actor) -> bool:
    """HR of the whole bureau: the province's rules and what posts ask for hold for everybody."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))
