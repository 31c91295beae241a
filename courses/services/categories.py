"""Content categories: the presets of a new bureau, and what trainers and HR change in them."""

from django.db import connections

from courses.models.categories import ContentCategory
from courses.rules.categories import PRESETS


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
