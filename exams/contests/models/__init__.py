"""The tables of contests."""
