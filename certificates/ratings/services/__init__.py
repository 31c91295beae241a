"""Changing ratings."""
