"""Who reads warnings: everybody their own, HR and leaders those of their people."""

from lianbing.people.ports import Rule, signed_in
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "certificates:warnings": signed_in(scope="unit"),
    "certificates:warnings_read": signed_in(scope="unit"),
}


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose people's warnings the actor reads; none = only one's own."""
    return actor.scopes(*READERS)
