"""What decides in training, as plain Python."""
