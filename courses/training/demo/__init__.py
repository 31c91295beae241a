"""The demo bureau's chapters of training."""
