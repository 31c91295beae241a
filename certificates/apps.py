from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates import demo, panels, receivers, tasks  # noqa: F401 -- each registers itself
        from certificates.permissions import ROUTES
        from lianbing.people import ports

        ports.declare(ROUTES)
