"""Changing the library: importing laws, checking and withdrawing editions."""

from lianbing.library.services.editions import EditionInUse, confirm_edition, withdraw_edition
from lianbing.library.services.handbook import enrol_editor, ensure_handbook, write_entry
from lianbing.library.services.importing import Imported, Report, import_sources, import_text
from lianbing.library.services.uploads import import_step, plan_upload, trees_of

__all__ = [
    "EditionInUse",
    "Imported",
    "Report",
    "confirm_edition",
    "enrol_editor",
    "ensure_handbook",
    "import_sources",
    "import_step",
    "import_text",
    "plan_upload",
    "trees_of",
    "withdraw_edition",
    "write_entry",
]
