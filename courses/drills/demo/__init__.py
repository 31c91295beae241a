"""The demo bureau's chapters of drills."""

from courses.drills.demo import must_know, weeks

__all__ = ["must_know", "weeks"]
