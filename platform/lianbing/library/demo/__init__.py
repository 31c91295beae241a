"""The library's chapters of the demo."""

from lianbing.library.demo.books import books
from lianbing.library.demo.cards import cards
from lianbing.library.demo.cases import cases
from lianbing.library.demo.laws import documents, library, waiting_for_the_legal_section

__all__ = ["books", "cards", "cases", "documents", "library", "waiting_for_the_legal_section"]
