"""Navigation and front-page panels of courses."""
