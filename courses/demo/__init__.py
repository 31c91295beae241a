"""The demo bureau's chapters of courses."""

from courses.demo import assignments, authoring, learning  # noqa: F401 -- it registers itself
