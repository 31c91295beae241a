"""Reading the library."""

from lianbing.library.queries.citations import CitationResolver, Resolution, resolve
from lianbing.library.queries.laws import (
    STANDING,
    drafts,
    editions_of,
    handbook_entries,
    holds_on,
    in_force,
    laws,
    shelf,
    standing,
)

__all__ = [
    "STANDING",
    "CitationResolver",
    "Resolution",
    "drafts",
    "editions_of",
    "handbook_entries",
    "holds_on",
    "in_force",
    "laws",
    "resolve",
    "shelf",
    "standing",
]
