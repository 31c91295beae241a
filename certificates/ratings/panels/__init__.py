"""What stands of ratings on front pages, and what their acts are called."""

from certificates.ratings.panels import books, pages, periods, records  # noqa: F401 -- each registers itself
