"""Changing training."""
