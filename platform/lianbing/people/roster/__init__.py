"""The roster file: its columns, its errors, and what importing it would do."""
