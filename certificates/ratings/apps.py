from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatingsConfig(AppConfig):
    name = "certificates.ratings"
    label = "ratings"
    verbose_name = _("Ratings")

    def ready(self) -> None:
        from certificates.ratings import demo, panels, tasks  # noqa: F401 -- each registers itself
        from certificates.ratings.permissions import ROUTES
        from lianbing.people import ports

        ports.declare(ROUTES)
