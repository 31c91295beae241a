"""Changing the library: importing laws, checking and withdrawing editions."""

from lianbing.library.services.confirming import BATCH, confirm_editions
from lianbing.library.services.correcting import ContradictoryDates, correct_edition, facts_seen
from lianbing.library.services.documents import ensure_documents, keep_as_document, write_document
from lianbing.library.services.drafting import (
    DoubtsOpen,
    NotWaiting,
    ReviewRefused,
    approve_draft,
    draft_from,
    publish_due,
    publish_edition,
    send_back_draft,
)
from lianbing.library.services.editing import admit_editor, ensure_review
from lianbing.library.services.editions import EditionInUse, confirm_edition, withdraw_edition
from lianbing.library.services.handbook import enrol_editor, ensure_handbook, write_entry
from lianbing.library.services.importing import Imported, Report, import_sources, import_text
from lianbing.library.services.joining import JoinRefused, join_laws, part_laws
from lianbing.library.services.uploads import choose, import_step, plan_upload

__all__ = [
    "BATCH",
    "ContradictoryDates",
    "DoubtsOpen",
    "EditionInUse",
    "Imported",
    "JoinRefused",
    "NotWaiting",
    "Report",
    "ReviewRefused",
    "admit_editor",
    "approve_draft",
    "choose",
    "confirm_edition",
    "confirm_editions",
    "correct_edition",
    "draft_from",
    "enrol_editor",
    "ensure_documents",
    "ensure_handbook",
    "ensure_review",
    "facts_seen",
    "import_sources",
    "import_step",
    "import_text",
    "join_laws",
    "keep_as_document",
    "part_laws",
    "plan_upload",
    "publish_due",
    "publish_edition",
    "send_back_draft",
    "withdraw_edition",
    "write_document",
    "write_entry",
]
