"""Routes of drills and its named predicates."""

from courses.drills.permissions import change, player, standing
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= player.ROUTES
ROUTES |= standing.ROUTES
ROUTES |= change.ROUTES
