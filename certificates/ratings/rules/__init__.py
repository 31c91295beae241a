"""What decides about ratings. Pure Python."""
