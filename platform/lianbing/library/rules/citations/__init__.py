"""Citations of laws: read from text, written back, told apart from the place where they stand.

The grammar stands in docs/reference/citations.md. Nothing is looked up here.
"""

from lianbing.library.rules.citations.finding import find, last_names, names_defined, parse
from lianbing.library.rules.citations.names import name_keys, title, without_closing_brackets
from lianbing.library.rules.citations.pieces import paragraphs_of, quoted
from lianbing.library.rules.citations.references import (
    Here,
    Nearness,
    Place,
    Reference,
    Relative,
    Unit,
)
from lianbing.library.rules.citations.relative import placed
from lianbing.library.rules.citations.writing import Style, write, write_all

__all__ = [
    "Here",
    "Nearness",
    "Place",
    "Reference",
    "Relative",
    "Style",
    "Unit",
    "find",
    "last_names",
    "name_keys",
    "names_defined",
    "paragraphs_of",
    "parse",
    "placed",
    "quoted",
    "title",
    "without_closing_brackets",
    "write",
    "write_all",
]
