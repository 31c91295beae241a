"""Forms of ratings, one file per piece."""
