"""What changes contests."""
