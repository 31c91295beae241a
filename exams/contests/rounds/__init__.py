"""Kinds of rounds: one file each behind the contract in `base.py`."""
