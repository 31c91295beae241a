"""Routes of training and its named predicates."""

from courses.training.permissions import (
    attendance,
    classes,
    external,
    file,
    hours,
    nominations,
    plans,
    records,
    rules,
    self_study,
)
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
ROUTES |= plans.ROUTES
ROUTES |= nominations.ROUTES
ROUTES |= external.ROUTES
ROUTES |= attendance.ROUTES
ROUTES |= hours.ROUTES
ROUTES |= classes.ROUTES
ROUTES |= rules.ROUTES
ROUTES |= file.ROUTES
ROUTES |= records.ROUTES
ROUTES |= self_study.ROUTES
