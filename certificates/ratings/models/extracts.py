"""Extracts of personal files, as they were handed to personnel."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only
from lianbing.people.models import Officer


@append_only
class Extract(models.Model):
    """What the file of a person said by the end of a day, word for word as it was printed, with its hash.

    `digest` is the SHA-256 of the canonical JSON of `content`; `signature` stands under digest, uid and moment,
    made with the key `kid`. `purpose` says what it was asked for (selection, posting ...).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="extracts")
    as_of = models.DateField(_("As of"))
    purpose = models.CharField(_("Purpose"), max_length=120)
    content = models.JSONField()
    digest = models.CharField(_("Hash"), max_length=64)
    kid = models.CharField(max_length=64)
    signature = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    by = models.JSONField()

    class Meta:
        verbose_name = _("Extract of a personal file")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.as_of}"

    def get_absolute_url(self) -> str:
        return reverse("ratings:extract", args=[self.uid])
