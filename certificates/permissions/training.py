"""Routes of the certificates app and its named predicates."""

from certificates.models import Certificate
from exams.models import Sitting
from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only, public, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "certificates:mine": signed_in(scope="own"),
    "certificates:detail": signed_in(scope="unit"),
    "certificates:pdf": signed_in(scope="unit"),
    "certificates:overview": only(*READERS, scope="unit"),
    "certificates:overview_export": only(*READERS, scope="unit"),
    "certificates:register": only(*READERS, scope="unit"),
    "certificates:revoke": only(Role.HR, scope="unit"),
    "certificates:rule_list": only(*READERS, scope="unit"),
    "certificates:rule_create": only(Role.HR, scope="all"),
    "certificates:rule_edit": only(Role.HR, scope="all"),
    "certificates:award": only(Role.HR, scope="unit"),
    "certificates:verify": public(),
    "certificates:verify_home": public(),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose register the actor may read."""
    return actor.scopes(*READERS)


def may_read(actor: Actor, certificate: Certificate, unit_path: str | None) -> bool:
    """One's own certificate, or that of somebody who serves (at `unit_path`) where one is HR or leader.

    Of somebody who serves nowhere any more (None), HR of the whole bureau alone reads the certificate.
    """
    if actor.officer_id is not None and certificate.officer_id == actor.officer_id:
        return True
    if unit_path is None:
        return may_manage_rules(actor)
    return actor.covers(unit_path, *READERS)


def may_revoke(actor: Actor, certificate: Certificate, unit_path: str | None) -> bool:
    """HR of the holder's unit, never for oneself."""
    if actor.officer_id is not None and certificate.officer_id == actor.officer_id:
        return False
    return may_manage_rules(actor) if unit_path is None else actor.covers(unit_path, Role.HR)


def may_manage_rules(actor: Actor) -> bool:
    """HR of the whole bureau: award rules hold for everybody."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(Role.HR))


def may_award(actor: Actor, sitting: Sitting) -> bool:
    """HR of the unit that ran the sitting."""
    return actor.covers(sitting.unit.path, Role.HR)
