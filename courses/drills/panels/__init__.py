"""Navigation and front-page panels of drills."""

from courses.drills.panels import change, player, standing

__all__ = ["change", "player", "standing"]
