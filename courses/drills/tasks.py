"""What drills do by themselves when it is due."""
