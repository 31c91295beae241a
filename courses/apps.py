from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from courses import demo, panels, receivers, tasks  # noqa: F401 -- each registers itself
        from courses.permissions import ROUTES
        from courses.services import categories, duties
        from lianbing.people import ports

        ports.declare(ROUTES)
        post_migrate.connect(
            categories.install_after_migrate, sender=self, dispatch_uid="courses.categories.install"
        )
        post_migrate.connect(duties.install_after_migrate, sender=self, dispatch_uid="courses.duties.install")
