"""Putting what the rules found into words and pages."""
