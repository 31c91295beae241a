"""The library's chapters of the demo."""

from lianbing.library.demo.cards import cards
from lianbing.library.demo.laws import documents, library, waiting_for_the_legal_section

__all__ = ["cards", "documents", "library", "waiting_for_the_legal_section"]
