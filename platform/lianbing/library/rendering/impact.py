"""An impact page: the words of each changed article before and after, and the same as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianbing.kit.spreadsheets import OutSheet, write_workbook
from lianbing.library.models import Article, ArticleChange
from lianbing.library.ports import Citing
from lianbing.library.queries.documents import DocumentImpact
from lianbing.library.queries.impact import Group, Impact
from lianbing.library.rendering import diff
from lianbing.library.rules import diff_words
from lianbing.library.rules.diff import Fate, Row, Side
from lianbing.library.rules.diff_pairs import wording
from lianbing.people.rules import Actor

TONES = {"changed": "info", "moved": "muted", "removed": "bad", "repealed": "bad"}


@dataclass(frozen=True)
class Line:
    """One thing that rests on an article; `url` is empty where its page would not let this person in."""

    one: Citing
    url: str


@dataclass(frozen=True)
class Shown:
    """One changed article as a page shows it."""

    before: Article
    after: Article | None
    name: str
    tone: str
    words: SafeString
    lines: Sequence[Line]


def kind_name(kind: str) -> str:
    """What became of an article, in a word."""
    return str(dict(ArticleChange.Kind.choices)[kind])


def words(before: Article, after: Article | None) -> SafeString:
    """The words of an article before and after beside each other, what changed being marked."""
    old = Side(before.label, before.anchor, before.text)
    if after is None:
        return diff.pair(Row(Fate.REMOVED, old, None))
    same = wording(before.text) == wording(after.text)
    runs = () if same else diff_words.compare(before.text, after.text)
    return diff.pair(Row(Fate.CHANGED, old, Side(after.label, after.anchor, after.text), runs))


def shown(groups: Iterable[Group], actor: Actor) -> list[Shown]:
    """Groups with their words, for as many as a page holds."""
    return [
        Shown(
            group.change.before,
            group.change.after,
            kind_name(group.change.kind),
            TONES[group.change.kind],
            words(group.change.before, group.change.after),
            lines(group.citing, actor),
        )
        for group in groups
    ]


def lines(citing: Iterable[Citing], actor: Actor) -> list[Line]:
    """Things with a link where the link leads this person somewhere."""
    return [Line(one, one.url if one.may_open(actor) else "") for one in citing]


def as_workbook(impact: Impact, documents: Sequence[DocumentImpact] = ()) -> bytes:
    """Every changed article with everything that rests on it, a line each; articles alone get one line.

    Documents without articles stand on a sheet of their own.
    """
    headings = [
        _("Law"),
        _("Article"),
        _("What happened"),
        _("Words before"),
        _("Article that follows"),
        _("Words after"),
        _("What rests on it"),
        _("Title"),
        _("Note"),
    ]
    rows = [
        [*_article_cells(group), *cells]
        for group in impact.groups
        for cells in ([[str(one.kind), one.title, str(one.note)] for one in group.citing] or [["", "", ""]])
    ]
    sheets = [OutSheet(_("Impact"), headings, rows)]
    if documents:
        names = [_("Document"), _("Open receipts"), _("What rests on it"), _("Title"), _("Note")]
        lines = [
            [one.document.title, one.open_receipts, *cells]
            for one in documents
            for cells in ([[str(u.kind), u.title, str(u.note)] for u in one.uses] or [["", "", ""]])
        ]
        sheets.append(OutSheet(_("Documents"), names, lines))
    return write_workbook(sheets)


def _article_cells(group: Group) -> list[str]:
    before, after = group.change.before, group.change.after
    return [
        str(before.edition.law),
        before.label,
        kind_name(group.change.kind),
        before.text,
        after.label if after else "",
        after.text if after else "",
    ]
