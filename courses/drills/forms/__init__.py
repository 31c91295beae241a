"""Forms of drills."""
