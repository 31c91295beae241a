"""Routes of drills and its named predicates."""

from courses.drills.permissions import player
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= player.ROUTES
