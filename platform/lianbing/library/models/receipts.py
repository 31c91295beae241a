"""Circulating a document: to whom, until when, who has read it (docs/decisions/0019).

A circulation pins one revision; a receipt counts for that text alone.
"""

import datetime
import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Revision

from lianbing.kit.append_only import append_only, frozen_once
from lianbing.library.models.documents import LibraryDocument
from lianbing.people.models import Officer, Post, Unit


@frozen_once("stopped_at")
class Circulation(models.Model):
    """A revision of a document given to an audience to read by `due_on`.

    `questions` are the keys of a short check as the source of checks names them, `pass_at` how many must be
    right; no questions = the confirmation suffices. `stopped_at`: nobody need read it any more.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(LibraryDocument, on_delete=models.PROTECT, related_name="circulations")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Title"), max_length=255)
    note = models.CharField(_("Word to the readers"), max_length=300, blank=True)
    units = models.ManyToManyField(Unit, related_name="+")
    posts = models.ManyToManyField(Post, related_name="+", blank=True)
    categories = models.JSONField(default=list, blank=True)
    due_on = models.DateField(_("To be read by"))
    questions = models.JSONField(default=list, blank=True)
    pass_at = models.PositiveSmallIntegerField(default=0)
    by_name = models.CharField(_("Circulated by"), max_length=50)
    by_user = models.PositiveBigIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("Circulated at"))
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("Circulation")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="circulation_pass_within_questions", condition=models.Q(pass_at__lte=models.Value(5))
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:circulation", args=[self.uid])

    def is_closed(self, today: datetime.date) -> bool:
        """Whether nobody need read it any more: stopped, or the document repealed."""
        ends = self.document.effective_to
        return self.stopped_at is not None or (ends is not None and ends <= today)


@append_only
class Reader(models.Model):
    """Somebody who is to read it. `due_on` is their own last day; `joined`: came into the audience later."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="readers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="to_read")
    due_on = models.DateField()
    joined = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Reader")
        constraints = [models.UniqueConstraint(fields=["circulation", "officer"], name="reader_once")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.circulation_id}"


@append_only
class Receipt(models.Model):
    """A reader confirmed to have read this revision. The words are theirs; nobody can see them read."""

    reader = models.OneToOneField(Reader, on_delete=models.PROTECT, related_name="receipt")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("reading", "Receipt")

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


@append_only
class CheckTry(models.Model):
    """One try at the short check. `answers`: what the source of checks needs to show it again."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="tries")
    answers = models.JSONField()
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Try at a short check")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.right}/{self.asked}"
