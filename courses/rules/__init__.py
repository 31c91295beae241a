"""What decides in courses, as plain Python."""
