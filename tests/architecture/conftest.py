"""Lets architecture tests share the reader of source files."""
