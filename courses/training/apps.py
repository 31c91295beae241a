from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    name = "courses.training"
    label = "training"
    verbose_name = _("Training")

    def ready(self) -> None:
        from courses.training import demo, panels, receivers, tasks  # noqa: F401 -- each registers itself
        from courses.training.permissions import ROUTES
        from courses.training.services import tables
        from lianbing.people import ports

        ports.declare(ROUTES)
        post_migrate.connect(
            tables.install_after_migrate, sender=self, dispatch_uid="training.tables.install"
        )
