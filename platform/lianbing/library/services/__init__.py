"""Changing the library: importing laws, checking and withdrawing editions."""

from lianbing.library.services.editions import EditionInUse, confirm_edition, withdraw_edition
from lianbing.library.services.handbook import ensure_handbook, write_entry
from lianbing.library.services.importing import Imported, Report, import_sources, import_text

__all__ = [
    "EditionInUse",
    "Imported",
    "Report",
    "confirm_edition",
    "ensure_handbook",
    "import_sources",
    "import_text",
    "withdraw_edition",
    "write_entry",
]
