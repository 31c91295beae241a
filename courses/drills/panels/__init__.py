"""Navigation and front-page panels of drills."""
