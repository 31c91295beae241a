"""Who writes courses, who publishes them, who sees which article changed."""

from lianbing.people.ports import Rule, only, signed_in
from lianbing.people.rules import Actor, Role

AUTHORS = (Role.TRAINER, Role.LEGAL)
RULERS = (Role.LEGAL,)

ROUTES: dict[str, Rule] = {
    "courses:manage": only(*AUTHORS),
    "courses:manage_course": only(*AUTHORS),
    "courses:write": only(*AUTHORS),
    "courses:upload": only(*AUTHORS),
    "courses:uploaded": only(*AUTHORS),
    "courses:submit": only(*AUTHORS),
    "courses:take_back": only(*AUTHORS),
    "courses:review": only(*AUTHORS),
    "courses:copy": only(*AUTHORS),
    "courses:withdraw": only(*AUTHORS),
    "courses:restore": only(*AUTHORS),
    "courses:edition": only(*AUTHORS),
    "courses:flags": only(*AUTHORS),
    "courses:flags_settle": only(*AUTHORS),
    "courses:rule": only(*RULERS),
    "courses:file": signed_in(),
}


def can_author(actor: Actor) -> bool:
    """Write, review, copy and withdraw courses. They belong to the whole bureau, as banks do."""
    return actor.has(*AUTHORS)


def can_rule(actor: Actor) -> bool:
    """Say how many people stand behind a published course."""
    return actor.has(*RULERS)


def can_approve(actor: Actor, *, authors: frozenset[int], alone: bool) -> bool:
    """Publish or send back: somebody who did not write it, or anybody where one person suffices."""
    return can_author(actor) and (alone or (actor.user_id is not None and actor.user_id not in authors))
