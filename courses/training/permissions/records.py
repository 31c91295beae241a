"""Who brings past records in and takes the activity record out."""

from lianbing.people.models import Unit
from lianbing.people.ports import Rule, only
from lianbing.people.rules import Actor, Role

KEEPERS = (Role.HR, Role.TRAINER)
READERS = (Role.HR, Role.TRAINER, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "training:records": only(*KEEPERS, scope="all"),
    "training:records_confirm": only(*KEEPERS, scope="all"),
    "training:records_template": only(*KEEPERS, scope="all"),
    "training:activity": only(*READERS, scope="unit"),
    "training:activity_xlsx": only(*READERS, scope="unit"),
    "training:activity_docx": only(*READERS, scope="unit"),
    "training:activity_due": only(*READERS, scope="unit"),
    "training:activity_ask": only(*KEEPERS, scope="unit"),
    "training:activity_report": only(*READERS, scope="unit"),
    "training:activity_report_xlsx": only(*READERS, scope="unit"),
    "training:activity_templates": only(*KEEPERS, scope="all"),
    "training:activity_template": only(*KEEPERS, scope="all"),
}


def may_take_over(actor: Actor) -> bool:
    """HR or trainer of the whole bureau: a file reaches every unit."""
    return any(len(path) <= Unit.steplen for path in actor.scopes(*KEEPERS))


def may_read(actor: Actor, unit: Unit) -> bool:
    """HR, trainer or leader of the unit reads its activity record."""
    return actor.covers(unit.path, *READERS)


def may_ask(actor: Actor, unit: Unit) -> bool:
    """HR or trainer over the unit asks it for a record and receives it."""
    return actor.covers(unit.path, *KEEPERS)


def may_hand_in(actor: Actor, unit: Unit) -> bool:
    """A trainer or HR of the unit hands its record in."""
    return actor.covers(unit.path, *KEEPERS)


def may_set_template(actor: Actor) -> bool:
    """HR or trainer of the whole bureau: the template holds for everybody."""
    return may_take_over(actor)
