"""Navigation and front-page panels of courses."""

from courses.panels import assignments, authoring, learning  # noqa: F401 -- each registers itself
