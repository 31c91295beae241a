"""Routes of the certificates app and its named predicates."""

from certificates.permissions import training
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **training.ROUTES,
}
