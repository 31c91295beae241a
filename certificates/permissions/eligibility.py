"""Routes of eligibility and of proposals, and who may read, state and decide."""

from certificates.models import Proposal
from certificates.permissions.training import may_manage_rules, reading_scopes
from lianbing.people.models import Officer
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "certificates:eligibility": signed_in(scope="own"),
    "certificates:eligible_people": only(*READERS, scope="unit"),
    "certificates:eligible_export": only(*READERS, scope="unit"),
    "certificates:eligible_person": only(*READERS, scope="unit"),
    "certificates:statement_new": only(Role.HR, scope="unit"),
    "certificates:statement_withdraw": only(Role.HR, scope="unit"),
    "certificates:qualifying_rules": only(*READERS, scope="unit"),
    "certificates:qualifying_rules_new": only(Role.HR, scope="all"),
    "certificates:proposals": only(*READERS, scope="unit"),
    "certificates:proposal": signed_in(scope="unit"),
    "certificates:proposal_answer": signed_in(scope="own"),
    "certificates:proposal_confirm": only(Role.HR, scope="unit"),
    "certificates:proposal_dismiss": only(Role.HR, scope="unit"),
}

__all__ = [
    "READERS",
    "ROUTES",
    "is_concerned",
    "may_change_rules",
    "may_decide",
    "may_look",
    "may_state",
    "reading_scopes",
]


def may_change_rules(actor: Actor) -> bool:
    """HR of the whole bureau: eligibility is the same for everybody."""
    return may_manage_rules(actor)


def may_look(actor: Actor, unit_path: str | None) -> bool:
    """HR or leader of the unit where somebody serves; of whoever serves nowhere, HR of the whole bureau."""
    return may_manage_rules(actor) if unit_path is None else actor.covers(unit_path, *READERS)


def may_state(actor: Actor, officer: Officer, unit_path: str | None) -> bool:
    """HR of the person's unit, never for oneself."""
    if actor.officer_id is not None and actor.officer_id in {officer.pk, officer.merged_into_id}:
        return False
    return may_manage_rules(actor) if unit_path is None else actor.covers(unit_path, Role.HR)


def is_concerned(actor: Actor, proposal: Proposal) -> bool:
    """Whether a proposal is about the actor."""
    return actor.officer_id is not None and actor.officer_id == proposal.officer_id


def may_decide(actor: Actor, proposal: Proposal, unit_path: str | None) -> bool:
    """HR of the person's unit, never about oneself."""
    if is_concerned(actor, proposal):
        return False
    return may_manage_rules(actor) if unit_path is None else actor.covers(unit_path, Role.HR)
