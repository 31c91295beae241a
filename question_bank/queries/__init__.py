"""Reading the bank: what may be drawn, what is in stock, what a version says."""

from question_bank.queries.citing import citations_in
from question_bank.queries.drawing import DrawItem, StockRow, drawable, stock, stock_table, versions
from question_bank.queries.reading import (
    banks_with_counts,
    drafts_of,
    history_of,
    points_of,
    question_named,
    search,
    versions_of,
    waiting_for_review,
)

__all__ = [
    "DrawItem",
    "StockRow",
    "banks_with_counts",
    "citations_in",
    "drafts_of",
    "drawable",
    "history_of",
    "points_of",
    "question_named",
    "search",
    "stock",
    "stock_table",
    "versions",
    "versions_of",
    "waiting_for_review",
]
