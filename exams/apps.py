from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"

    def ready(self) -> None:
        from exams import demo, panels, permissions, receivers, tasks  # noqa: F401 -- they register themselves
        from lianbing.people import ports

        ports.declare(permissions.ROUTES)
