"""Routes of part-time duties and of counting an audience."""

from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.HR, Role.TRAINER)
COUNTERS = (Role.HR, Role.TRAINER, Role.LEADER, Role.LEGAL, Role.EXAM_ADMINISTRATOR)

ROUTES: dict[str, Rule] = {
    "courses:duties": only(*KEEPERS, Role.LEADER, scope="unit"),
    "courses:duty_give": only(*KEEPERS, scope="unit"),
    "courses:duty_end": only(*KEEPERS, scope="unit"),
    "courses:duty_roles": only(*KEEPERS),
    "courses:audience_count": only(*COUNTERS, scope="unit"),
}


def can_keep(actor: Actor, unit_path: str) -> bool:
    """Whether `actor` may give and end duties in this unit ("" = kinds of duties, for the whole bureau)."""
    return actor.covers(unit_path, *KEEPERS)
