"""Changing certificates: award, issue by hand, revoke; award rules."""
