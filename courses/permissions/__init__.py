"""Routes of courses and its named predicates."""

from courses.permissions import assignments, authoring, categories, duties, learning
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= authoring.ROUTES
ROUTES |= duties.ROUTES
ROUTES |= assignments.ROUTES
ROUTES |= categories.ROUTES
ROUTES |= learning.ROUTES
