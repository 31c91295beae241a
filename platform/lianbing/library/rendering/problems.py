"""Why a citation leads nowhere, and where it stands, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianbing.library import ports
from lianbing.library.queries import Problem
from lianbing.library.queries.open_citations import HANDBOOK, LAW

WORDS: dict[str, Promise] = {
    Problem.NOTHING: _("No citation was read in it."),
    Problem.NO_LAW: _("It names no law."),
    Problem.UNKNOWN_LAW: _("The library holds no law of this name."),
    Problem.NO_ARTICLE: _("It names no article."),
    Problem.NOT_IN_FORCE: _("The law does not hold on the day."),
    Problem.MISSING_ARTICLE: _("The law has no such article."),
    Problem.AMBIGUOUS: _("More than one article could be meant."),
    Problem.PIECE: _("The article has no such paragraph or item."),
    Problem.NO_PLACE: _("It counts from a place that is not there."),
}


def problem_text(code: str) -> str | Promise:
    """One sentence for a code; a code of a newer version as it is."""
    return WORDS.get(code, code)


def source_labels() -> dict[str, str | Promise]:
    """What each source is called."""
    return {
        LAW: _("Law texts"),
        HANDBOOK: _("Handbook"),
        **{source.name: source.label for source in ports.waiting_sources()},
    }
