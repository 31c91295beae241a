from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContestsConfig(AppConfig):
    name = "exams.contests"
    label = "contests"
    verbose_name = _("Contests")

    def ready(self) -> None:
        from exams.contests import demo, panels, receivers, tasks  # noqa: F401 -- each registers itself
        from exams.contests.permissions import ROUTES
        from lianbing.people import ports

        ports.declare(ROUTES)
