"""The demo's chapters of ratings."""

from certificates.ratings.demo import ratings  # noqa: F401 -- registers itself
