"""The demo bureau's chapters of drills."""
