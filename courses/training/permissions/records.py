"""Who brings past records in and takes the activity record out."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.HR, Role.TRAINER)

ROUTES: dict[str, Rule] = {
    "training:records": only(*KEEPERS, scope="all"),
    "training:records_confirm": only(*KEEPERS, scope="all"),
    "training:records_template": only(*KEEPERS, scope="all"),
}


def may_take_over(actor: Actor) -> bool:
    """HR or trainer of the whole bureau: a file reaches every unit."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(*KEEPERS))
