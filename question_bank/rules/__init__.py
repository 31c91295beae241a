"""What decides in the question bank: plain Python, no database, no clock, no Django."""
