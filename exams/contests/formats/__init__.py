"""Files that contests read and write."""
