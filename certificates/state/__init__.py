"""The states of certificates, each kind in one file. Pure Python."""
