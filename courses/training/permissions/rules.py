"""Routes of study rules, of who lacks what, and of deductions."""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.TRAINER, Role.HR)
READERS = (*KEEPERS, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "training:rules": only(*READERS, scope="unit"),
    "training:rule_add": only(*KEEPERS, scope="unit"),
    "training:rule_change": only(*KEEPERS, scope="unit"),
    "training:rule_close": only(*KEEPERS, scope="unit"),
    "training:rule_adopt": only(*KEEPERS, scope="unit"),
    "training:gaps": only(*READERS, scope="unit"),
    "training:gaps_units": only(*READERS, scope="unit"),
    "training:deductions": only(*READERS, scope="unit"),
    "training:deduction_set": only(*KEEPERS, scope="unit"),
}


def can_change(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may make, change and close the study rules of this unit."""
    return actor.covers(unit_path, *KEEPERS)


def reading_scopes(actor: Actor) -> list[str]:
    """The unit paths in which the actor sees who lacks what."""
    return actor.scopes(*READERS)
