"""Certificates as people see them: on paper, as a QR."""
