"""Content categories: the presets of a new bureau, and what trainers and HR change in them."""

import datetime
import secrets

from django.db import IntegrityError, connections, transaction
from django.db.models import Max

from courses.models.categories import ContentCategory
from courses.permissions.categories import can_change
from courses.rules.categories import DEEPEST, PRESETS
from lianbing.kit import audit
from lianbing.people.rules import Actor

STREAM = "courses"


class CategoryRefused(Exception):
    """Nothing was saved. `code`: not_allowed, taken (a name), too_deep, closed (what it would lie under)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def install_after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of post_migrate, connected once by the AppConfig: the presets, while there is no category.

    Once the bureau has any category this does nothing, so that what it renamed or closed stays so.
    """
    del kwargs
    table = ContentCategory._meta.db_table
    if table not in connections[using].introspection.table_names():
        return
    rows = ContentCategory.objects.using(using)
    if rows.exists():
        return
    made: dict[str, ContentCategory] = {}
    for place, preset in enumerate(PRESETS, start=1):
        made[preset.code] = rows.create(
            code=preset.code,
            name=preset.name,
            main=preset.main,
            position=place,
            parent=made.get(preset.parent),
        )


def _allow(by: Actor) -> None:
    if not can_change(by):
        raise CategoryRefused("not_allowed")


def _depth(category: ContentCategory | None) -> int:
    depth = 0
    while category is not None:
        depth, category = depth + 1, category.parent
    return depth


def add(
    *, name: str, parent: ContentCategory | None, main: str, by: Actor, at: datetime.datetime
) -> ContentCategory:
    """A new category, last among its siblings; below another it takes that one's main kind.

    Its code is drawn and never changes. Raises CategoryRefused.
    """
    _allow(by)
    if parent is not None and parent.closed:
        raise CategoryRefused("closed")
    if _depth(parent) >= DEEPEST:
        raise CategoryRefused("too_deep")
    try:
        with transaction.atomic():
            last = ContentCategory.objects.aggregate(last=Max("position"))["last"] or 0
            made = ContentCategory.objects.create(
                code=f"own-{secrets.token_hex(4)}",
                name=name.strip(),
                parent=parent,
                main=parent.main if parent else main,
                position=last + 1,
            )
            said = {"under": parent.name if parent else ""}
            audit.record(stream=STREAM, action="category_added", by=by, at=at, subject=made, **said)
    except IntegrityError as error:
        raise CategoryRefused("taken") from error
    return made


def rename(*, category: ContentCategory, name: str, by: Actor, at: datetime.datetime) -> None:
    """Call a category otherwise. Raises CategoryRefused."""
    _allow(by)
    before, name = category.name, name.strip()
    if before == name:
        return
    try:
        with transaction.atomic():
            ContentCategory.objects.filter(pk=category.pk).update(name=name)
            category.name = name
            said = {"before": before, "after": name}
            audit.record(stream=STREAM, action="category_renamed", by=by, at=at, subject=category, **said)
    except IntegrityError as error:
        category.name = before
        raise CategoryRefused("taken") from error


def set_closed(*, category: ContentCategory, closed: bool, by: Actor, at: datetime.datetime) -> None:
    """Offer a category no more, or again. What was taught under it still counts."""
    _allow(by)
    with transaction.atomic():
        if ContentCategory.objects.filter(pk=category.pk, closed=not closed).update(closed=closed) == 1:
            action = "category_closed" if closed else "category_opened"
            audit.record(stream=STREAM, action=action, by=by, at=at, subject=category)


def move(*, category: ContentCategory, up: bool, by: Actor, at: datetime.datetime) -> None:
    """Let a category change places with the sibling before or after it, if there is one."""
    _allow(by)
    with transaction.atomic():
        siblings = list(ContentCategory.objects.select_for_update().filter(parent=category.parent_id))
        places = [row.pk for row in siblings]
        here = places.index(category.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(siblings):
            return
        siblings[here], siblings[there] = siblings[there], siblings[here]
        for place, row in enumerate(siblings, start=1):
            row.position = place
        ContentCategory.objects.bulk_update(siblings, ["position"])
        audit.record(stream=STREAM, action="category_moved", by=by, at=at, subject=category)
