"""Who sees the leader's page and HR's desk: each over the units they lead or look after."""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

READERS = (Role.LEADER, Role.HR)
ROUTES: dict[str, Rule] = {
    "ratings:leader": only(*READERS, scope="unit"),
    "ratings:desk": only(*READERS, scope="unit"),
    "ratings:circular": only(*READERS, scope="unit"),
}


def leading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose figures the actor sees."""
    return actor.scopes(*READERS)
