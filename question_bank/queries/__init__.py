"""Reading the bank: what may be drawn, what is in stock, what a version says."""

from question_bank.queries.citing import citations_in
from question_bank.queries.drawing import (
    EXAM_DRAWS,
    DrawItem,
    StockRow,
    drawable,
    in_draw,
    stock,
    stock_table,
    versions,
)
from question_bank.queries.reading import (
    banks_with_counts,
    drafts_of,
    history_of,
    points_of,
    question_named,
    reachable,
    search,
    versions_of,
    waiting_for_review,
)

__all__ = [
    "EXAM_DRAWS",
    "DrawItem",
    "StockRow",
    "banks_with_counts",
    "citations_in",
    "drafts_of",
    "drawable",
    "history_of",
    "in_draw",
    "points_of",
    "question_named",
    "reachable",
    "search",
    "stock",
    "stock_table",
    "versions",
    "versions_of",
    "waiting_for_review",
]
