"""What decides the state of things in training, as plain Python."""
