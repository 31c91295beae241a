"""Keys that sign certificates, what they signed, and which units stand on the public roster."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from certificates.models.certificates import Certificate
from lianbing.kit.append_only import append_only
from lianbing.people.models import Unit


class SigningKey(models.Model):
    """The public half of an Ed25519 key. The private half is a file in the data folder and nowhere else.

    A retired key signs nothing new and goes on proving what it signed; a compromised one proves nothing more.
    """

    kid = models.CharField(max_length=43, unique=True)
    algorithm = models.CharField(max_length=12, default="EdDSA")
    public = models.JSONField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=models.Q(retired_at=None), name="signing_key_one_in_use"
            ),
            models.CheckConstraint(
                condition=models.Q(compromised_at=None) | models.Q(retired_at__isnull=False),
                name="signing_key_compromised_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.kid


@append_only
class Credential(models.Model):
    """A certificate as signed: `token` for machines (Open Badges 3.0), `offline` for a code on paper.

    Signed once at issue, so that a reprint is the same; a further number is made only when the key that
    signed the last one was stolen. `status_index` is its place on the public list of what was revoked.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="credentials")
    number = models.PositiveSmallIntegerField(default=1)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    status_list = models.PositiveIntegerField()
    status_index = models.PositiveIntegerField()
    token = models.TextField()
    offline = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="credential_number_once"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credential_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.number}"


class PublicRoster(models.Model):
    """A unit whose enforcement officers the public may read: name, badge, status. Off until HR switches it on."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Unit"))
    is_open = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["unit__path"]

    def __str__(self) -> str:
        return str(self.unit)

    def get_absolute_url(self) -> str:
        return reverse("certificates:roster", args=[self.uid])
