"""What ratings store."""
