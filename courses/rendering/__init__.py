"""What courses show: lessons for preview and player, and codes in words."""
