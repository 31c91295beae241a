"""Who gives places to units, nominates for them, and approves.

The trainer (or personnel office) of the organising unit shares the superior's places out; the trainer of
a unit nominates its people; the personnel office or a leader over the unit approves, never who nominated
and never for themselves.
"""

from courses.training.models import Nomination, NominationQuota, TrainingClass
from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

SHARERS = (Role.TRAINER, Role.HR)
NOMINATORS = (Role.TRAINER,)
APPROVERS = (Role.HR, Role.LEADER)
STAFF = (Role.TRAINER, Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "training:nomination_list": only(*STAFF, scope="unit"),
    "training:nominations": only(*STAFF, scope="unit"),
    "training:nominations_mine": signed_in(scope="own"),
    "training:quota_set": only(*SHARERS, scope="unit"),
    "training:nominate": only(*NOMINATORS, scope="unit"),
    "training:nomination_decide": only(*APPROVERS, scope="unit"),
    "training:nomination_withdraw": only(*STAFF, scope="unit"),
}


def can_share(actor: Actor, course: TrainingClass) -> bool:
    """Whether `actor` may say how many places each unit has in this class."""
    return actor.covers(course.unit.path, *SHARERS)


def can_nominate(actor: Actor, quota: NominationQuota) -> bool:
    """Whether `actor` may nominate for these places: a trainer over the unit they were given to."""
    return actor.covers(quota.unit.path, *NOMINATORS)


def can_decide(actor: Actor, nomination: Nomination) -> bool:
    """Whether `actor` may approve or refuse: personnel office or leader over the unit, not the nominator."""
    if actor.user_id == nomination.nominator_id or _is_own(actor, nomination):
        return False
    return actor.covers(nomination.unit.path, *APPROVERS)


def can_withdraw(actor: Actor, nomination: Nomination) -> bool:
    """Whether `actor` may take somebody off: the staff of the unit."""
    return actor.covers(nomination.unit.path, *STAFF)


def can_see(actor: Actor, nomination: Nomination) -> bool:
    """Whether `actor` may see a nomination: the staff of the unit, and whom it is about."""
    return can_withdraw(actor, nomination) or _is_own(actor, nomination)


def _is_own(actor: Actor, nomination: Nomination) -> bool:
    return actor.officer_id is not None and actor.officer_id == nomination.officer_id
