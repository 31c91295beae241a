"""How training certificates look: designs in versions. A version is frozen once a certificate names it."""

import uuid
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.rules.designs import Design, read
from lianbing.kit.append_only import append_only, frozen_once


class CertificateDesign(models.Model):
    """A design by its name; what it looks like stands in its versions, the newest one holds."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Name of the design"), max_length=60, unique=True)
    active = models.BooleanField(_("In use"), default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Certificate design")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("certificates:design_edit", args=[self.uid])

    @property
    def newest(self) -> "DesignVersion | None":
        """The version that holds for certificates to come. Free of SQL where `versions` were prefetched."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


@frozen_once("frozen_at")
class DesignVersion(models.Model):
    """What a design says from a moment on. `seal` is a PNG or empty; `by` a snapshot of who saved it."""

    design = models.ForeignKey(CertificateDesign, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField()
    seal = models.BinaryField(blank=True, default=bytes)
    saved_at = models.DateTimeField()
    by = models.JSONField()
    frozen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Version of a design")
        ordering = ["design", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="design_version_once"),
            models.UniqueConstraint(
                fields=["design"], condition=models.Q(frozen_at=None), name="design_version_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.design_id}/{self.number}"

    @property
    def look(self) -> Design:
        """The design as the rules know it."""
        said: dict[str, Any] = self.spec
        return read(said)


@append_only
class CertificatePrint(models.Model):
    """That a certificate was taken out for print: when, and by whom (a snapshot)."""

    certificate = models.ForeignKey(
        "certificates.Certificate", on_delete=models.PROTECT, related_name="prints"
    )
    at = models.DateTimeField()
    actor = models.JSONField()

    class Meta:
        verbose_name = _("Print of a certificate")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.at:%Y-%m-%d}"
