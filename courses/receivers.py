"""News from the apps below that courses must not miss."""
