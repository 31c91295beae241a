"""Pages of the library."""

from lianbing.library.views.book_desk import (
    book,
    book_begin,
    book_discard,
    book_edit,
    book_pdf,
    book_receipts,
    book_review,
    book_unconfirmed,
    books,
)
from lianbing.library.views.books import my_book, my_book_pdf, worker
from lianbing.library.views.card_desk import (
    card_desk,
    card_desk_card,
    card_discard,
    card_new,
    card_review,
    card_submit,
)
from lianbing.library.views.card_file import card_import, card_import_confirm, card_template
from lianbing.library.views.card_keeping import card_flags, card_restore, card_withdraw
from lianbing.library.views.cards import card, cards
from lianbing.library.views.case_desk import (
    case_desk,
    case_discard,
    case_edit,
    case_new,
    case_review,
    case_submit,
    case_withdraw,
)
from lianbing.library.views.cases import case, cases
from lianbing.library.views.circulating import circulate, circulation, circulation_stop, circulations
from lianbing.library.views.citations import (
    absent_law,
    citations,
    citations_of,
    forget_name,
    look_again,
    name_law,
)
from lianbing.library.views.compilations import (
    compilation,
    compilation_discard,
    compilation_edit,
    compilation_item,
    compilation_new,
    compilation_pdf,
    compilation_put,
    compilation_update,
    compilations,
)
from lianbing.library.views.diff import choose, compare
from lianbing.library.views.documents import document, document_file, documents
from lianbing.library.views.doubtful import doubtful
from lianbing.library.views.handbook import handbook, handbook_entry
from lianbing.library.views.impact import cited_by, impact
from lianbing.library.views.importing import import_laws, import_report, import_review, keep_as_document
from lianbing.library.views.keeping import continues, facts
from lianbing.library.views.laws import confirm, home, withdraw
from lianbing.library.views.reader import cited_counts, edition, law
from lianbing.library.views.reading import check, check_result, reading, reading_file, to_read
from lianbing.library.views.repeals import repeal, repeal_check, repeal_new, repeal_undo, repeals
from lianbing.library.views.reviewing import amend, drafts, record, review
from lianbing.library.views.search import search, synonym_edit, synonym_remove, synonyms

__all__ = [
    "absent_law",
    "amend",
    "book",
    "book_begin",
    "book_discard",
    "book_edit",
    "book_pdf",
    "book_receipts",
    "book_review",
    "book_unconfirmed",
    "books",
    "card",
    "card_desk",
    "card_desk_card",
    "card_discard",
    "card_flags",
    "card_import",
    "card_import_confirm",
    "card_new",
    "card_restore",
    "card_review",
    "card_submit",
    "card_template",
    "card_withdraw",
    "cards",
    "case",
    "case_desk",
    "case_discard",
    "case_edit",
    "case_new",
    "case_review",
    "case_submit",
    "case_withdraw",
    "cases",
    "check",
    "check_result",
    "choose",
    "circulate",
    "circulation",
    "circulation_stop",
    "circulations",
    "citations",
    "citations_of",
    "cited_by",
    "cited_counts",
    "compare",
    "compilation",
    "compilation_discard",
    "compilation_edit",
    "compilation_item",
    "compilation_new",
    "compilation_pdf",
    "compilation_put",
    "compilation_update",
    "compilations",
    "confirm",
    "continues",
    "document",
    "document_file",
    "documents",
    "doubtful",
    "drafts",
    "edition",
    "facts",
    "forget_name",
    "handbook",
    "handbook_entry",
    "home",
    "impact",
    "import_laws",
    "import_report",
    "import_review",
    "keep_as_document",
    "law",
    "look_again",
    "my_book",
    "my_book_pdf",
    "name_law",
    "reading",
    "reading_file",
    "record",
    "repeal",
    "repeal_check",
    "repeal_new",
    "repeal_undo",
    "repeals",
    "review",
    "search",
    "synonym_edit",
    "synonym_remove",
    "synonyms",
    "to_read",
    "withdraw",
    "worker",
]
