"""Reading the library."""

from lianbing.library.queries.citations import CitationResolver, Resolution, resolve
from lianbing.library.queries.laws import (
    STANDING,
    editions_of,
    holds_on,
    in_force,
    laws,
    shelf,
)

__all__ = [
    "STANDING",
    "CitationResolver",
    "Resolution",
    "editions_of",
    "holds_on",
    "in_force",
    "laws",
    "resolve",
    "shelf",
]
