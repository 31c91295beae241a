"""The demo bureau's chapters of courses."""
