"""Routes of ratings and its named predicates."""

from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
