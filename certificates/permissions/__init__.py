"""Routes of the certificates app and its named predicates."""

from certificates.permissions import (
    credentials,
    designs,
    eligibility,
    enforcement,
    filters,
    qualifications,
    reviewing,
    taking_over,
    training,
    warnings,
)
from lianbing.people.ports import Rule

ROUTES: dict[str, Rule] = {
    **qualifications.ROUTES,
    **reviewing.ROUTES,
    **taking_over.ROUTES,
    **credentials.ROUTES,
    **training.ROUTES,
    **eligibility.ROUTES,
    **enforcement.ROUTES,
    **filters.ROUTES,
    **warnings.ROUTES,
    **designs.ROUTES,
}
