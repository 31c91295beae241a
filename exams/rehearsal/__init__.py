"""Simulated candidates who sit an exam over HTTP, and the comparison of what they were told with what is stored."""
