"""The handbook's root page, its editors' group, and writing an entry from code."""

import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, Page

from lianbing.kit import audit
from lianbing.library.models import HandbookEntry, HandbookIndexPage
from lianbing.people.models import User
from lianbing.people.rules import Actor

EDITORS = "handbook editors"
MAY = ("add_page", "change_page", "publish_page")


@transaction.atomic
def ensure_handbook() -> HandbookIndexPage:
    """The handbook's root page, made on the first call, with the group that may write under it."""
    index = HandbookIndexPage.objects.first()
    if index is None:
        locale, _made = Locale.objects.get_or_create(language_code="zh-hans")
        root = Page.get_first_root_node() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=locale)
        )
        with translation.override("zh-hans"):
            index = root.add_child(
                instance=HandbookIndexPage(title="执法手册", slug="handbook", locale=locale)
            )
    editors_group(index)
    return index


def editors_group(index: HandbookIndexPage) -> Group:
    """The group whose members may enter /cms/ and write under `index`."""
    group, made = Group.objects.get_or_create(name=EDITORS)
    if made:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
        for codename in MAY:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=index, permission=permission)
    return group


def enrol_editor(*, user: User) -> None:
    """Make `user` a member of the editors' group. One statement when they are one already."""
    if not Group.objects.filter(name=EDITORS, user=user.pk).exists():
        with transaction.atomic():
            Group.objects.get(pk=editors_group(ensure_handbook()).pk).user_set.add(user.pk)


@transaction.atomic
def write_entry(
    *,
    title: str,
    slug: str,
    summary: str,
    body: list[tuple[str, Any]],
    by: Actor,
    at: datetime.datetime,
) -> HandbookEntry:
    """Publish one entry of the handbook. `body` is a list of (block name, value)."""
    index = ensure_handbook()
    entry = HandbookEntry(title=title, slug=slug, summary=summary, body=body, locale=index.locale)
    index.add_child(instance=entry)
    revision = entry.save_revision()
    revision.publish()
    audit.record(stream="library", action="write_handbook_entry", by=by, at=at, subject=entry)
    return entry
