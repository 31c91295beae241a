"""Who brings an older register in."""

from certificates.permissions.training import may_manage_rules
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

ROUTES: dict[str, Rule] = {
    "certificates:enforcement_import": only(Role.HR, scope="all"),
    "certificates:enforcement_import_confirm": only(Role.HR, scope="all"),
    "certificates:enforcement_import_template": only(Role.HR, scope="all"),
}


def may_take_over(actor: Actor) -> bool:
    """HR of the whole bureau: a file reaches every unit."""
    return may_manage_rules(actor)
