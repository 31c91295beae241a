"""Documents without articles in the search index."""

from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from lianbing.library.models import LibraryDocument
from lianbing.library.ports import Found, Searchable, searchable
from lianbing.library.services import indexing

DOCUMENTS = "documents"


def _found(document: LibraryDocument) -> Found:
    """What the box looks through: number, issuing body, summary, tags, every block and rule, a line each."""
    lines = [document.document_number, document.issuing_body, document.summary]
    for block in document.body:
        if block.block_type == "rules":
            lines += [str(rule) for rule in block.value]
        elif block.block_type == "text":
            lines.append(strip_tags(block.value.source.replace("</p>", "\n").replace("</li>", "\n")))
        else:
            lines.append(str(block.value))
    lines += [tag.name for tag in document.tags.all()]
    text = "\n".join(line.strip() for line in lines if line.strip())
    return Found(str(document.pk), document.title, text, document.get_absolute_url(), document.dated)


def _everything() -> Iterable[Found]:
    return [_found(document) for document in LibraryDocument.objects.live()]


searchable(Searchable(DOCUMENTS, _("Documents"), _everything))


def index_document(*, document: LibraryDocument) -> None:
    """Let the box find a published document under its present words, and forget one that is not published."""
    if document.live:
        indexing.put_entry(source=DOCUMENTS, found=_found(document))
    else:
        indexing.drop_entry(source=DOCUMENTS, key=str(document.pk))
