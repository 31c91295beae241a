"""Who reads and keeps the register of qualifications."""

from certificates.permissions.training import may_manage_rules
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER, Role.LEGAL)

ROUTES: dict[str, Rule] = {
    "certificates:qualifications": only(*READERS, scope="unit"),
    "certificates:qualification_new": only(Role.HR, scope="unit"),
    "certificates:qualification_strike": only(Role.HR, scope="unit"),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose people's qualifications the actor may read."""
    return actor.scopes(*READERS)


def may_keep(actor: Actor, unit_path: str | None) -> bool:
    """HR of the unit somebody serves in; of whoever serves nowhere any more, HR of the whole bureau."""
    return actor.covers(unit_path, Role.HR) if unit_path else may_manage_rules(actor)
