"""Routes of training and its named predicates."""

from courses.training.permissions import attendance, external, nominations, plans
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= plans.ROUTES
ROUTES |= nominations.ROUTES
ROUTES |= external.ROUTES
ROUTES |= attendance.ROUTES
