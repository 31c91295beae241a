"""Navigation and front-page panels of drills."""

from courses.drills.panels import player  # noqa: F401 -- each registers itself
