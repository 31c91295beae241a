"""Tables of the library: laws with their editions and articles, and the enforcement handbook."""

from lianbing.library.models.handbook import HandbookEntry, HandbookIndexPage
from lianbing.library.models.laws import Article, Law, LawEdition

__all__ = ["Article", "HandbookEntry", "HandbookIndexPage", "Law", "LawEdition"]
