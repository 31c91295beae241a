"""The entries of the handbook in the search index."""

from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import HandbookEntry
from lianbing.library.ports import Found, Searchable, searchable
from lianbing.library.services import indexing

HANDBOOK = "handbook"


def _found(entry: HandbookEntry) -> Found:
    """What the box looks through: the summary and every block, a line each."""
    lines = [entry.summary]
    for block in entry.body:
        if block.block_type == "article":
            lines += [block.value["citation"], block.value.get("note", "")]
        elif block.block_type == "text":
            lines.append(strip_tags(block.value.source.replace("</p>", "\n").replace("</li>", "\n")))
        else:
            lines.append(str(block.value))
    text = "\n".join(line.strip() for line in lines if line.strip())
    day = entry.last_published_at.date() if entry.last_published_at else None
    return Found(str(entry.pk), entry.title, text, entry.get_absolute_url(), day)


def _everything() -> Iterable[Found]:
    return [_found(entry) for entry in HandbookEntry.objects.live()]


searchable(Searchable(HANDBOOK, _("Handbook"), _everything))


def index_entry(*, entry: HandbookEntry) -> None:
    """Let the box find a published entry under its present words, and forget one that is not published."""
    if entry.live:
        indexing.put_entry(source=HANDBOOK, found=_found(entry))
    else:
        indexing.drop_entry(source=HANDBOOK, key=str(entry.pk))
