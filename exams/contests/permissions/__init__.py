"""Routes of contests and its named predicates."""

from exams.contests.permissions import desks, pads, rehearsal
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {**desks.ROUTES, **pads.ROUTES, **rehearsal.ROUTES}
