"""The demo bureau's chapters of training."""

from courses.training.demo import attendance, hours, plans, study  # noqa: F401 -- each registers itself
