"""What stands of ratings on front pages, and what their acts are called."""

from certificates.ratings.panels import periods  # noqa: F401 -- registers itself
