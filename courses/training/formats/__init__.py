"""File formats of training."""
