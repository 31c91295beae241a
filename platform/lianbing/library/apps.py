from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LibraryConfig(AppConfig):
    name = "lianbing.library"
    label = "library"

    def ready(self) -> None:
        from lianbing.library import demo, panels, permissions, receivers, tasks  # noqa: F401 -- they register themselves
        from lianbing.library.services import search_tables
        from lianbing.people import ports

        ports.declare(permissions.ROUTES)
        post_migrate.connect(
            search_tables.install_after_migrate, sender=self, dispatch_uid="library.search_tables.install"
        )
