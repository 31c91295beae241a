"""Routes of courses and its named predicates."""

from courses.permissions import categories, duties
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= duties.ROUTES
ROUTES |= categories.ROUTES
