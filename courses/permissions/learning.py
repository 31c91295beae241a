"""Who learns, and who sees how far others are."""

from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import LEARNERS, Actor, Role

# Who sees the learners of the units they look after.
FOLLOWERS = (Role.TRAINER, Role.HR, Role.LEADER)

ROUTES: dict[str, Rule] = {
    "courses:catalogue": signed_in(),
    "courses:course": signed_in(),
    "courses:begin": signed_in(scope="own"),
    "courses:newer": signed_in(scope="own"),
    "courses:lesson": signed_in(scope="own"),
    "courses:lesson_open": signed_in(scope="own"),
    "courses:lesson_sync": signed_in(scope="own"),
    "courses:completed": signed_in(scope="own"),
    "courses:statement": signed_in(scope="own"),
    "courses:notes": signed_in(scope="own"),
    "courses:note_remove": signed_in(scope="own"),
    "courses:learners": only(*FOLLOWERS, scope="unit"),
    "courses:worker": signed_in(),
}


def may_follow(actor: Actor) -> bool:
    """Whether somebody sees how far the people of some unit are."""
    return actor.has(*FOLLOWERS)


def may_learn(actor: Actor) -> bool:
    """Whether there is an officer behind the account whose learning can be kept."""
    return actor.officer_id is not None and actor.has(*LEARNERS)
