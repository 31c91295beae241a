"""Pages of the library."""

from lianbing.library.views.diff import choose, compare
from lianbing.library.views.doubtful import doubtful
from lianbing.library.views.handbook import handbook, handbook_entry
from lianbing.library.views.impact import cited_by, impact
from lianbing.library.views.importing import import_laws, import_review
from lianbing.library.views.keeping import continues, facts
from lianbing.library.views.laws import confirm, home, withdraw
from lianbing.library.views.reader import edition, law
from lianbing.library.views.repeals import repeal, repeal_check, repeal_new, repeal_undo, repeals
from lianbing.library.views.reviewing import amend, drafts, review

__all__ = [
    "amend",
    "choose",
    "cited_by",
    "compare",
    "confirm",
    "continues",
    "doubtful",
    "drafts",
    "edition",
    "facts",
    "handbook",
    "handbook_entry",
    "home",
    "impact",
    "import_laws",
    "import_review",
    "law",
    "repeal",
    "repeal_check",
    "repeal_new",
    "repeal_undo",
    "repeals",
    "review",
    "withdraw",
]
