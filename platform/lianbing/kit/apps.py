from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class KitConfig(AppConfig):
    name = "lianbing.kit"
    label = "kit"

    def ready(self) -> None:
        from lianbing.kit import append_only

        pre_migrate.connect(
            append_only.remove_before_migrate, sender=self, dispatch_uid="kit.append_only.remove"
        )
        post_migrate.connect(
            append_only.install_after_migrate, sender=self, dispatch_uid="kit.append_only.install"
        )
