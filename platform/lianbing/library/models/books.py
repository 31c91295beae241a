"""Editions of the handbook by post (R37): five parts, approved and dated, and who has confirmed to hold one.

What people write stands in the five text columns, a line each; what was generated from cards, articles and
documents stands in `content`, as it was on the day. Approval freezes both for good.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit.append_only import append_only, frozen_once
from lianbing.people.models import Officer, Post

WHOSE = Coalesce("post_id", models.Value(0), output_field=models.BigIntegerField())


@frozen_once("approved_at")
class HandbookEdition(models.Model):
    """The handbook of one post; no post = the book of whoever has none of their own.

    `content`: the five parts as `services.books` generates them, `made_of` the keys of the card versions,
    revisions of documents and articles in it. `writers` are the accounts that wrote it, none of whom approves
    it; `edits` counts the saves, so that nobody approves what they did not see. `dated` is the day from which
    it is the book of the post, `confirm_by` the last day to confirm it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(
        Post, verbose_name=_("Post"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("handbook", "Edition"))
    duties = models.TextField(_("Duties of the post"), blank=True)
    laws = models.TextField(_("Further articles"), blank=True)
    procedures = models.TextField(_("Procedure in general"), blank=True)
    discipline = models.TextField(_("Discipline at work"), blank=True)
    equipment = models.TextField(_("Use of equipment"), blank=True)
    content = models.JSONField(default=dict)
    made_of = models.JSONField(default=dict)
    reason = models.CharField(_("Why there is a new edition"), max_length=200, blank=True)
    author_name = models.CharField(max_length=50, blank=True)
    writers = models.JSONField(default=list, blank=True)
    edits = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    generated_at = models.DateTimeField()
    confirm_by = models.DateField(_("To be confirmed by"))
    dated = models.DateField(_("Dated"), null=True, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver_name = models.CharField(_("Approved by"), max_length=50, blank=True)
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Edition of the handbook")
        ordering = ["post__name", "-number"]
        constraints = [
            models.UniqueConstraint(WHOSE, "number", name="handbook_edition_number"),
            models.UniqueConstraint(
                WHOSE, condition=models.Q(approved_at=None), name="handbook_edition_one_draft"
            ),
            models.CheckConstraint(
                name="handbook_edition_dated_when_approved",
                condition=models.Q(approved_at=None, dated=None)
                | models.Q(approved_at__isnull=False, dated__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post or '*'} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("library:book", args=[self.uid])

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.approved_at is None


@append_only
class HandbookReceipt(models.Model):
    """Somebody confirmed to have this edition and to have read it."""

    edition = models.ForeignKey(HandbookEdition, on_delete=models.PROTECT, related_name="receipts")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Receipt of the handbook")
        constraints = [models.UniqueConstraint(fields=["edition", "officer"], name="handbook_receipt_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
