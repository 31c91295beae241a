"""Who reads the annual data book: HR and leaders, of their units."""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

READERS = (Role.HR, Role.LEADER)
ROUTES: dict[str, Rule] = {
    "ratings:data_book": only(*READERS, scope="unit"),
    "ratings:data_book_file": only(*READERS, scope="unit"),
}


def book_scopes(actor: Actor) -> list[str]:
    """The unit paths whose data book the actor may read."""
    return actor.scopes(*READERS)
