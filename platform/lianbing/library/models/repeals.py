"""The repeal of several laws or documents in one act. A repeal is undone by a counter-entry before its day."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only


@append_only
class Repeal(models.Model):
    """One act: the repealing document, its effective day and the reason. `undoes` marks a counter-entry."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Repealing document"), max_length=200)
    number = models.CharField(_("Document number"), max_length=80, blank=True)
    on = models.DateField(_("Holds no more from"))
    reason = models.CharField(_("Reason"), max_length=300)
    by_name = models.CharField(max_length=50)
    at = models.DateTimeField()
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )

    class Meta:
        verbose_name = _("Repeal")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:repeal", args=[self.uid])


@append_only
class RepealItem(models.Model):
    """One thing a repeal ends. `subject_type` and `subject_id` name it (any model with `effective_to` and
    `repealed_by`); `before_to` and `before_by` are what stood in these fields, for undoing."""

    repeal = models.ForeignKey(Repeal, on_delete=models.PROTECT, related_name="items")
    subject_type = models.CharField(max_length=60)
    subject_id = models.PositiveBigIntegerField()
    title = models.CharField(_("Title"), max_length=300)
    before_to = models.DateField(null=True, blank=True)
    before_by = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Repealed")
        ordering = ["repeal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["repeal", "subject_type", "subject_id"], name="repeal_names_each_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
