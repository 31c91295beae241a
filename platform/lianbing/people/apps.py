from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "lianbing.people"
    label = "people"

    def ready(self) -> None:
        from lianbing.people import permissions, ports

        ports.declare(permissions.ROUTES)
