"""The demo's chapters of certificates."""

from certificates.demo import training  # noqa: F401 -- registers itself
