"""What a reviewer sees: each lesson with its words before and after beside each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.rules.lessons import Change, Fate, Told
from lianbing.library.rendering import diff
from lianbing.library.rules import diff_words
from lianbing.library.rules.diff import Fate as Outcome
from lianbing.library.rules.diff import Row, Side

NAMES: dict[Fate, tuple[str, Promise]] = {
    Fate.ADDED: ("ok", gettext_lazy("New lesson")),
    Fate.REMOVED: ("bad", gettext_lazy("Lesson taken out")),
    Fate.CHANGED: ("info", gettext_lazy("Changed")),
    Fate.MOVED: ("muted", gettext_lazy("Only moved")),
    Fate.SAME: ("muted", gettext_lazy("Unchanged")),
}


@dataclass(frozen=True)
class Shown:
    """One lesson on the page of a review."""

    title: str
    tone: str
    name: Promise
    words: SafeString | str


def labels() -> dict[str, str]:
    """The words that `queries.comparing` puts before the facts of a lesson."""
    return {
        "minutes": _("At least so many minutes"),
        "check": _("Check"),
        "needed": _("Right answers needed"),
    }


def shown(changes: Iterable[Change]) -> list[Shown]:
    """Every lesson; the words only where they differ."""
    return [_shown(one) for one in changes]


def _shown(change: Change) -> Shown:
    told = change.new or change.old
    assert told is not None
    tone, name = NAMES[change.fate]
    differs = change.fate not in {Fate.SAME, Fate.MOVED}
    return Shown(told.title, tone, name, _words(change.old, change.new) if differs else "")


def _words(old: Told | None, new: Told | None) -> SafeString:
    before = Side(old.title, "", old.text) if old else None
    after = Side(new.title, "", new.text) if new else None
    if before and after:
        return diff.pair(Row(Outcome.CHANGED, before, after, diff_words.compare(before.text, after.text)))
    return diff.pair(Row(Outcome.ADDED if after else Outcome.REMOVED, before, after))
