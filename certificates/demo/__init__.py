"""The demo's chapters of certificates."""

from certificates.demo import register, training  # noqa: F401 -- registers itself
