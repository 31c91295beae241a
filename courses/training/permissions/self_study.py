"""Who records self-study (everybody their own) and who confirms it: a trainer of the unit, never their own."""

from courses.training.models import Session
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import LEARNERS, Actor, Role

ROUTES: dict[str, Rule] = {
    "training:self_study": signed_in(scope="own"),
    "training:self_study_new": only(*LEARNERS, scope="own"),
    "training:self_study_take_back": signed_in(scope="own"),
    "training:self_study_waiting": only(Role.TRAINER, scope="unit"),
    "training:self_study_decide": only(Role.TRAINER, scope="unit"),
}


def can_decide(actor: Actor, session: Session, officer_id: int) -> bool:
    """Whether `actor` confirms or refuses what this officer recorded of themselves."""
    return actor.officer_id != officer_id and actor.covers(session.unit.path, Role.TRAINER)
