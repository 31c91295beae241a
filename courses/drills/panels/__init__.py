"""Navigation and front-page panels of drills."""

from courses.drills.panels import player, standing

__all__ = ["player", "standing"]
