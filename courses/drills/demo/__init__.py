"""The demo bureau's chapters of drills."""

from courses.drills.demo import weeks

__all__ = ["weeks"]
