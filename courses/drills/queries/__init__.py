"""Reading drills."""
