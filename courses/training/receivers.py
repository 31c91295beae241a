"""News from the apps below that training must not miss."""
