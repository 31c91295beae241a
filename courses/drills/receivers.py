"""What drills hear of from the other apps."""
