"""What stands of certificates on front pages, and what its acts are called."""

from certificates.panels import credentials, eligibility, enforcement, qualifications, training, warnings  # noqa: F401 -- registers itself
