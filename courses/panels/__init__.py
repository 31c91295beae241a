"""Navigation and front-page panels of courses."""

from courses.panels import authoring, learning  # noqa: F401 -- each registers itself
