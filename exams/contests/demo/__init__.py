"""The demo chapter of contests."""
