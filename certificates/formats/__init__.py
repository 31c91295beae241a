"""Files of certificates coming in: the columns of their sheets, and reading one row."""
