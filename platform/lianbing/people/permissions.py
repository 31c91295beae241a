"""Routes of the people app and the named predicates others use."""

from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {}
