"""What falls due by the clock in courses."""
