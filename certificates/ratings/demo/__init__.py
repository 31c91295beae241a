"""The demo's chapters of ratings."""
