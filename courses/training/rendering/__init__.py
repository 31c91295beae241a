"""Training in words, on paper and in files."""
