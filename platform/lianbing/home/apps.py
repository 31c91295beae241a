from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lianbing.home"
    label = "home"

    def ready(self) -> None:
        from lianbing.home import panels, permissions  # noqa: F401 -- panels register themselves
        from lianbing.people import ports

        ports.declare(permissions.ROUTES)
