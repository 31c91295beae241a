from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"

    def ready(self) -> None:
        from exams import permissions, tasks  # noqa: F401 -- registers its job
        from lianbing.people import ports

        ports.declare(permissions.ROUTES)
