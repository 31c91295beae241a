"""How contests show themselves: JSON for the screens, PDF for the file."""
