"""Routes of drills and its named predicates."""

from courses.drills.permissions import player, standing
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= player.ROUTES
ROUTES |= standing.ROUTES
