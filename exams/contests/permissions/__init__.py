"""Routes of contests and its named predicates."""

from exams.contests.permissions import pads
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {**pads.ROUTES}
