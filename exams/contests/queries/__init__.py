"""What is read of contests."""
