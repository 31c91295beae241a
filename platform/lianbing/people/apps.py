from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lianbing.people"
    label = "people"

    def ready(self) -> None:
        from lianbing.people import demo, permissions, ports, tasks  # noqa: F401 -- they register themselves

        ports.declare(permissions.ROUTES)
