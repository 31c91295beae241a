"""The root page of the documents, the editors' right to write there, and writing one from code."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.text import slugify
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.rich_text import RichText

from lianbing.kit import audit
from lianbing.library.formats import reading
from lianbing.library.formats.sources import Source
from lianbing.library.models import DocumentIndexPage, LibraryDocument
from lianbing.library.rules.findings import Unreadable, finding
from lianbing.library.services.handbook import EDITORS, MAY, ensure_handbook
from lianbing.people.rules import Actor

MAY_WITH_FILES = ("add_document", "choose_document")
TITLE, TITLE_UNKNOWN, LONGEST_SLUG = 200, "文件", 100
INFO_END = "<!-- INFO END -->"


@dataclass(frozen=True)
class Content:
    """What a document says. `facts` are further fields of `LibraryDocument` by name."""

    title: str
    slug: str
    body: list[tuple[str, Any]]
    facts: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()


@transaction.atomic
def ensure_documents() -> DocumentIndexPage:
    """The root page of the documents, made on the first call, with what editors may do under it."""
    index = DocumentIndexPage.objects.first()
    if index is not None:
        return index
    handbook = ensure_handbook()
    root = Page.objects.get(pk=handbook.get_parent().pk)
    with translation.override("zh-hans"):
        index = root.add_child(
            instance=DocumentIndexPage(title="制度文件", slug="documents", locale=handbook.locale)
        )
    group = Group.objects.get(name=EDITORS)
    for codename in MAY:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=index, permission=permission)
    files = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for codename in MAY_WITH_FILES:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    return index


@transaction.atomic
def write_document(
    *, content: Content, by: Actor, at: datetime.datetime, publish: bool = True
) -> LibraryDocument:
    """Write one document: published at once, or kept as a draft for the editor."""
    index = ensure_documents()
    document = LibraryDocument(
        title=content.title,
        slug=content.slug,
        body=content.body,
        locale=index.locale,
        live=False,
        has_unpublished_changes=True,
        **content.facts,
    )
    index.add_child(instance=document)
    if content.tags:
        document.tags.add(*content.tags)
        document.save()
    revision = document.save_revision()
    if publish:
        revision.publish()
    action = "write_document" if publish else "keep_as_document"
    audit.record(stream="library", action=action, by=by, at=at, subject=document)
    return LibraryDocument.objects.get(pk=document.pk)


def keep_as_document(*, source: Source, by: Actor, at: datetime.datetime) -> LibraryDocument:
    """Make a draft of a file that is no law. Its first line is the title.

    Raises NotALaw or Unreadable when the file holds no text.
    """
    if source.problem or not source.data:
        raise Unreadable(source.problem or source.skip or finding("empty"))
    lines = reading.plain(source.data)
    title = lines[0].lstrip("# ").strip("《》")[:TITLE] or TITLE_UNKNOWN
    body = "".join(f"<p>{escape(line)}</p>" for line in lines[1:] if line != INFO_END)
    content = Content(
        title=title,
        slug=_free_slug(title),
        body=[("text", RichText(body))],
        facts={"category": _category_of(title)},
    )
    return write_document(content=content, by=by, at=at, publish=False)


def _category_of(title: str) -> str:
    """The likeliest category by the words of a title; the editor puts it right."""
    kinds = LibraryDocument.Category
    words = {"严禁": kinds.DISCIPLINE, "纪律": kinds.DISCIPLINE, "通报": kinds.CIRCULAR, "通知": kinds.NOTICE}
    return next((kind for word, kind in words.items() if word in title), kinds.TEXT)


def _free_slug(title: str) -> str:
    wanted = slugify(title, allow_unicode=True)[:LONGEST_SLUG] or "document"
    taken = set(LibraryDocument.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(
        slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )
