"""Navigation and front-page panels of courses."""

from courses.panels import assignments, authoring, categories, learning  # noqa: F401 -- each registers itself
