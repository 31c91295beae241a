"""Reading the bank: what may be drawn, what is in stock, what a version says."""

from question_bank.queries.citing import citations_in, questions_citing
from question_bank.queries.desk import facets, page_of, search
from question_bank.queries.drawing import (
    EXAM_DRAWS,
    DrawItem,
    drawable,
    in_draw,
    points_below,
    stock,
    versions,
)
from question_bank.queries.pictures import carried, picture, unknown_pictures
from question_bank.queries.reading import (
    banks_with_counts,
    drafts_of,
    history_of,
    question_named,
    reachable,
    versions_of,
    waiting_for_review,
)
from question_bank.queries.reports import reported_versions, reports_by, reports_on, reports_to_answer
from question_bank.queries.short_checks import questions_naming
from question_bank.queries.twins import twins, twins_of

__all__ = [
    "EXAM_DRAWS",
    "DrawItem",
    "banks_with_counts",
    "carried",
    "citations_in",
    "drafts_of",
    "drawable",
    "facets",
    "history_of",
    "in_draw",
    "page_of",
    "picture",
    "points_below",
    "question_named",
    "questions_citing",
    "questions_naming",
    "reachable",
    "reported_versions",
    "reports_by",
    "reports_on",
    "reports_to_answer",
    "search",
    "stock",
    "twins",
    "twins_of",
    "unknown_pictures",
    "versions",
    "versions_of",
    "waiting_for_review",
]
