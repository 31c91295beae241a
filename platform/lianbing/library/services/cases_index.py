"""Cases in the search index."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from lianbing.library.models import CaseStory
from lianbing.library.ports import Found, Searchable, searchable
from lianbing.library.queries import cases
from lianbing.library.services import indexing

CASES = "cases"


def _found(story: CaseStory) -> Found:
    """What the box looks through: every text of the case."""
    text = "\n".join(part for part in (story.facts, story.outcome, story.lesson, story.basis) if part)
    return Found(str(story.pk), story.title, text, story.get_absolute_url(), story.dated)


def _everything() -> Iterable[Found]:
    return [_found(story) for story in cases.readable()]


searchable(Searchable(CASES, _("Case library"), _everything))


def index_case(*, story: CaseStory) -> None:
    """Let the box find a case."""
    indexing.put_entry(source=CASES, found=_found(story))


def forget_case(*, story: CaseStory) -> None:
    """Let the box find a case no more."""
    indexing.drop_entry(source=CASES, key=str(story.pk))
