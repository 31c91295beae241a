"""Pictures in stems and explanations."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only


@append_only
class QuestionPicture(models.Model):
    """A picture as it was made anew from an upload: small, without a word about where it was taken.

    It lies in the database, so that a frozen version and its pictures are kept, backed up and restored
    together. The same picture uploaded twice is one row.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    data = models.BinaryField()
    mime = models.CharField(max_length=20)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    uploaded_by_name = models.CharField(max_length=50)
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Picture")

    def __str__(self) -> str:
        return self.uid.hex
