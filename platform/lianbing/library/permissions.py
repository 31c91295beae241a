"""Routes of the library. Everybody signed in reads; the legal section decides what stands in it."""

from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.LEGAL,)
EDITORS = (Role.LEGAL, Role.TRAINER)

ROUTES: dict[str, Rule] = {
    "library:home": signed_in(),
    "library:law": signed_in(),
    "library:edition": signed_in(),
    "library:handbook": signed_in(),
    "library:handbook_entry": signed_in(),
    "library:import": only(*KEEPERS),
    "library:import_review": only(*KEEPERS, scope="own"),
    "library:confirm": only(*KEEPERS),
    "library:withdraw": only(*KEEPERS),
    "cms": only(*EDITORS),
}


def can_keep(actor: Actor) -> bool:
    """Whether `actor` may import laws, confirm and withdraw editions."""
    return actor.has(*KEEPERS)


def can_edit_handbook(actor: Actor) -> bool:
    """Whether `actor` may write the handbook at /cms/."""
    return actor.has(*EDITORS)
