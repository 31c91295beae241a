"""The tables of drills."""
