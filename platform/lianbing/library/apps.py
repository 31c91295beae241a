from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "lianbing.library"
    label = "library"

    def ready(self) -> None:
        from lianbing.library import demo, panels, permissions, receivers, tasks  # noqa: F401 -- they register themselves
        from lianbing.people import ports

        ports.declare(permissions.ROUTES)
