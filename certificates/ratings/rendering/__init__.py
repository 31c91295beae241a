"""Ratings as people read them."""
