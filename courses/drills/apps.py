from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrillsConfig(AppConfig):
    name = "courses.drills"
    label = "drills"
    verbose_name = _("Drills")

    def ready(self) -> None:
        from courses.drills import demo, panels, receivers, tasks  # noqa: F401 -- each registers itself
        from courses.drills.permissions import ROUTES
        from lianbing.people import ports

        ports.declare(ROUTES)
