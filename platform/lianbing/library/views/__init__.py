"""Pages of the library."""

from lianbing.library.views.handbook import handbook, handbook_entry
from lianbing.library.views.importing import import_laws, import_review
from lianbing.library.views.laws import confirm, home, withdraw
from lianbing.library.views.reader import edition, law

__all__ = [
    "confirm",
    "edition",
    "handbook",
    "handbook_entry",
    "home",
    "import_laws",
    "import_review",
    "law",
    "withdraw",
]
