"""Ratings in tables and texts for other offices."""
