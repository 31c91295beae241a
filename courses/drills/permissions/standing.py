"""Who sees points, boards and mastery, and who keeps rest days and the must-know lists."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import LEARNERS, Actor, Role

READERS = (Role.TRAINER, Role.HR, Role.LEADER)
KEEPERS = (Role.TRAINER, Role.HR)
LIST_READERS = (*READERS, Role.LEGAL)

ROUTES: dict[str, Rule] = {
    "drills:points": only(*LEARNERS, scope="own"),
    "drills:rest_set": only(*LEARNERS, scope="own"),
    "drills:rest_withdraw": only(*LEARNERS, *READERS, scope="own"),
    "drills:boards": only(*LEARNERS, *READERS),
    "drills:must_know": only(*LEARNERS, scope="own"),
    "drills:self_test": only(*LEARNERS, scope="own"),
    "drills:mastery": only(*LEARNERS, scope="own"),
    "drills:mastery_law": only(*LEARNERS, scope="own"),
    "drills:manage": only(*LIST_READERS, scope="unit"),
    "drills:must_know_lists": only(*LIST_READERS),
    "drills:must_know_list": only(*LIST_READERS),
    "drills:must_know_add": only(*KEEPERS),
    "drills:must_know_remove": only(*KEEPERS),
    "drills:must_know_move": only(*KEEPERS),
    "drills:mastery_units": only(*READERS, scope="unit"),
    "drills:wrong": only(*READERS, scope="unit"),
    "drills:rest_units": only(*READERS, scope="unit"),
}


def may_keep_lists(actor: Actor) -> bool:
    """Whether `actor` is trainer or HR of the whole bureau: a post's list holds in every unit."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(*KEEPERS))


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths whose participation and mastery `actor` may read."""
    return actor.scopes(*READERS)


def may_set_rest(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may set rest days for a whole unit."""
    return actor.covers(unit_path, *READERS)
