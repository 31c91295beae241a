"""Changing courses."""
