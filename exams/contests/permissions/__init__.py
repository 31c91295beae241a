"""Routes of contests and its named predicates."""

from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
