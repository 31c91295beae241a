"""What stands of contests on front pages."""
