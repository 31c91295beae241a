"""The demo's chapters of certificates."""

from certificates.demo import eligibility, register, training  # noqa: F401 -- registers itself
