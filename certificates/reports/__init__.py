"""Certificates in tables for other offices."""
