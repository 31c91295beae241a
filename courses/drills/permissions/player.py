"""Who drills, and the routes of the player."""

from lianbing.people.ports import Rule, signed_in
from lianbing.people.rules import LEARNERS, Actor

ROUTES: dict[str, Rule] = {
    "drills:home": signed_in(scope="own"),
    "drills:open": signed_in(scope="own"),
    "drills:set": signed_in(scope="own"),
    "drills:answers": signed_in(scope="own"),
    "drills:answer": signed_in(scope="own"),
    "drills:answered": signed_in(scope="own"),
    "drills:practise": signed_in(scope="own"),
    "drills:topic": signed_in(scope="own"),
    "drills:mistakes": signed_in(scope="own"),
    "drills:bookmarks": signed_in(scope="own"),
    "drills:bookmark": signed_in(scope="own"),
    "drills:challenge": signed_in(scope="own"),
    "drills:worker": signed_in(),
}


def may_drill(actor: Actor) -> bool:
    """Whether there is an officer behind the account whose answers can be kept."""
    return actor.officer_id is not None and actor.has(*LEARNERS)
