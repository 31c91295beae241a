"""What decides in drills, as plain Python."""
