"""Routes of the content categories. They hold for everybody, so who changes them has the whole bureau in hand."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.TRAINER, Role.HR)

ROUTES: dict[str, Rule] = {
    "courses:categories": only(*KEEPERS),
    "courses:category_add": only(*KEEPERS),
    "courses:category_edit": only(*KEEPERS),
    "courses:category_close": only(*KEEPERS),
    "courses:category_move": only(*KEEPERS),
}


def can_change(actor: Actor) -> bool:
    """Whether `actor` is trainer or HR of the whole bureau."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(*KEEPERS))
