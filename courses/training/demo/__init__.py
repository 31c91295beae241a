"""The demo bureau's chapters of training."""

from courses.training.demo import attendance, classes, hours, plans, study  # noqa: F401 -- each registers itself
