"""Reading laws, numbers and citations: plain Python, no database, no clock."""
