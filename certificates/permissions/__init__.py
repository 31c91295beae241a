"""Routes of the certificates app and its named predicates."""

from certificates.permissions import credentials, designs, qualifications, taking_over, training, warnings
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **qualifications.ROUTES,
    **taking_over.ROUTES,
    **credentials.ROUTES,
    **training.ROUTES,
    **warnings.ROUTES,
    **designs.ROUTES,
}
