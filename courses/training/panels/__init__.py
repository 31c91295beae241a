"""Navigation and front-page panels of training."""

from courses.training.panels import plans  # noqa: F401 -- registers itself
