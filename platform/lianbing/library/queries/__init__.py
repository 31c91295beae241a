"""Reading the library."""

from lianbing.library.queries.citations import CitationResolver, Resolution, resolve
from lianbing.library.queries.drafts import (
    Examined,
    authors_of,
    compare_with,
    decisions_on,
    examine,
    open_drafts,
    predecessor,
    waiting_drafts,
    waiting_state,
)
from lianbing.library.queries.laws import (
    STANDING,
    drafts,
    handbook_entries,
    laws,
    shelf,
)
from lianbing.library.queries.timelines import (
    LawLine,
    edition_on,
    editions_of,
    in_force,
    line_of,
    lines_of,
    span_of,
    timeline_of,
    validity_of,
)

__all__ = [
    "STANDING",
    "CitationResolver",
    "Examined",
    "LawLine",
    "Resolution",
    "authors_of",
    "compare_with",
    "decisions_on",
    "drafts",
    "edition_on",
    "editions_of",
    "examine",
    "handbook_entries",
    "in_force",
    "laws",
    "line_of",
    "lines_of",
    "open_drafts",
    "predecessor",
    "resolve",
    "shelf",
    "span_of",
    "timeline_of",
    "validity_of",
    "waiting_drafts",
    "waiting_state",
]
