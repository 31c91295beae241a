"""Live knowledge contests: the rules of a match as plain data and plain functions."""
