"""The demo bureau's chapters of training."""

from courses.training.demo import attendance, plans  # noqa: F401 -- each registers itself
