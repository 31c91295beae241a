"""Who enters external training, who checks it, who sees its evidence."""

from courses.training.models import External
from courses.training.state import ExternalState
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import LEARNERS, Actor, Role

ENTERERS = (Role.TRAINER, Role.HR)
CHECKERS = (Role.HR,)
READERS = (Role.HR, Role.TRAINER)

ROUTES: dict[str, Rule] = {
    "training:external_list": only(*READERS, scope="unit"),
    "training:external_new": only(*ENTERERS, scope="unit"),
    "training:external_mine": signed_in(scope="own"),
    "training:external_mine_new": only(*LEARNERS, scope="own"),
    "training:external": signed_in(scope="own"),
    "training:external_file": signed_in(scope="own"),
    "training:external_decide": only(*CHECKERS, scope="unit"),
    "training:external_withdraw": signed_in(scope="own"),
}


def can_enter_for(actor: Actor, *, officer_id: int, unit_path: str) -> bool:
    """Whether `actor` may enter external training of somebody: their own, or of the people of their units."""
    return actor.officer_id == officer_id or actor.covers(unit_path, *ENTERERS)


def can_read(actor: Actor, external: External) -> bool:
    """Whether `actor` may see a record and its evidence: whom it is about, and the staff of the unit."""
    return actor.officer_id == external.officer_id or actor.covers(external.unit.path, *READERS)


def can_check(actor: Actor, external: External) -> bool:
    """Whether `actor` may accept or refuse: the personnel office, never their own nor what they entered."""
    if external.state != ExternalState.ENTERED or actor.user_id == external.enterer_id:
        return False
    return actor.officer_id != external.officer_id and actor.covers(external.unit.path, *CHECKERS)


def can_withdraw(actor: Actor, external: External) -> bool:
    """Whether `actor` may take a record back nobody has decided on: whom it is about, and who entered it."""
    if external.state != ExternalState.ENTERED:
        return False
    return actor.officer_id == external.officer_id or actor.user_id == external.enterer_id
