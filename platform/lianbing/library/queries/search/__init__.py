"""Searching the library: `search(text, on=day)` gives what was found, in order."""

from lianbing.library.queries.search.catalogue import CURRENT, catalogue
from lianbing.library.queries.search.finding import EVERY, Filters, Found, Hit, Text, groups, search

__all__ = ["CURRENT", "EVERY", "Filters", "Found", "Hit", "Text", "catalogue", "groups", "search"]
