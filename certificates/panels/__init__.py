"""What stands of certificates on front pages, and what its acts are called."""

from certificates.panels import (  # noqa: F401 -- each registers itself
    credentials,
    eligibility,
    enforcement,
    qualifications,
    training,
    waiting,
    warnings,
)
