"""What ratings do when it is due."""
