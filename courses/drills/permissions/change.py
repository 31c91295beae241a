"""Who does change-training, and who sees how it stands."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import LEARNERS, Actor, Role

READERS = (Role.TRAINER, Role.HR, Role.LEADER)
KEEPERS = (Role.TRAINER, Role.HR)

ROUTES: dict[str, Rule] = {
    "drills:changes": only(*LEARNERS, scope="own"),
    "drills:change_begin": only(*LEARNERS, scope="own"),
    "drills:change_desk": only(*READERS, scope="unit"),
    "drills:change_people": only(*READERS, scope="unit"),
    "drills:change_withdraw": only(*KEEPERS),
}


def may_withdraw(actor: Actor) -> bool:
    """Whether `actor` is trainer or HR of the whole bureau: a change concerns posts of every unit."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(*KEEPERS))


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose people's change-training `actor` may read."""
    return actor.scopes(*READERS)
