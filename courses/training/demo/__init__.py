"""The demo bureau's chapters of training."""

from courses.training.demo import attendance, classes, hours, plans, records, study  # noqa: F401 -- each registers itself
