"""Changing drills."""
