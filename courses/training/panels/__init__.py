"""Navigation and front-page panels of training."""
