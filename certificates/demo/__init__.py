"""The demo's chapters of certificates."""

from certificates.demo import credentials, designs, eligibility, register, training  # noqa: F401 -- registers itself
