"""Reading the library."""

from lianbing.library.queries.citations import CitationResolver, Inside, resolve
from lianbing.library.queries.cited_laws import laws_named
from lianbing.library.queries.comparing import comparison
from lianbing.library.queries.drafts import (
    Examined,
    acts_on,
    authors_of,
    compare_with,
    decisions_on,
    examine,
    open_drafts,
    predecessor,
    waiting_drafts,
    waiting_state,
)
from lianbing.library.queries.impact import citing_for, impact_of, impact_of_draft
from lianbing.library.queries.laws import (
    STANDING,
    drafts,
    handbook_entries,
    laws,
    refusal_of,
    shelf,
)
from lianbing.library.queries.resolutions import Problem, Resolution
from lianbing.library.queries.timelines import (
    TEXTS,
    LawLine,
    edition_on,
    in_force,
    joinable,
    line_of,
    lines_of,
    out_of_force,
    span_of,
    timeline_of,
    with_stamp,
)

__all__ = [
    "STANDING",
    "TEXTS",
    "CitationResolver",
    "Examined",
    "Inside",
    "LawLine",
    "Problem",
    "Resolution",
    "acts_on",
    "authors_of",
    "citing_for",
    "compare_with",
    "comparison",
    "decisions_on",
    "drafts",
    "edition_on",
    "examine",
    "handbook_entries",
    "impact_of",
    "impact_of_draft",
    "in_force",
    "joinable",
    "laws",
    "laws_named",
    "line_of",
    "lines_of",
    "open_drafts",
    "out_of_force",
    "predecessor",
    "refusal_of",
    "resolve",
    "shelf",
    "span_of",
    "timeline_of",
    "waiting_drafts",
    "waiting_state",
    "with_stamp",
]
