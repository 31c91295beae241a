"""Files from which scores and records are taken over."""
