"""A law, its editions, and the articles of an edition.

An edition holds one source text; the articles are plain rows parsed from it and are never changed, so
that a permanent address keeps meaning the same words (docs/decisions/0009).
"""

import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import append_only
from lianbing.library.rules.validity import begins


class Law(models.Model):
    """A law through all its editions. A divided code has one row per part, told apart by `subtitle`."""

    class Level(models.TextChoices):
        LAW = "law", _("Law")
        ADMINISTRATIVE = "administrative", _("Administrative regulation")
        LOCAL = "local", _("Local regulation")
        DEPARTMENT = "department", _("Departmental rule")
        LOCAL_RULE = "local_rule", _("Local government rule")
        INTERPRETATION = "interpretation", _("Judicial interpretation")
        OTHER = "other", _("Other document")

    title = models.CharField(_("Title"), max_length=200)
    subtitle = models.CharField(_("Part"), max_length=200, blank=True)
    short_title = models.CharField(max_length=200, db_index=True)
    slug = models.CharField(max_length=250, unique=True)
    level = models.CharField(_("Level"), max_length=16, choices=Level, default=Level.OTHER, db_index=True)
    continues = models.OneToOneField(
        "self",
        verbose_name=_("Continues"),
        on_delete=models.PROTECT,
        related_name="continued_by",
        null=True,
        blank=True,
        help_text=_("The law this one goes on from under a new name."),
    )

    class Meta:
        verbose_name = _("Law")
        ordering = ["title", "subtitle"]
        constraints = [models.UniqueConstraint(fields=["title", "subtitle"], name="law_title_once")]

    def __str__(self) -> str:
        return f"{self.title} {self.subtitle}".strip()

    def get_absolute_url(self) -> str:
        return reverse("library:law", args=[self.slug])


class LawEdition(models.Model):
    """The text of a law as published on one day.

    `status`: a draft has doubts the legal section has not looked at; a withdrawn one was a mistake and is
    shown to nobody. `effective_to` is the first day the edition holds no more by a repeal or by its own
    expiry; a following amendment does not set it. `doubts`, `history` and `headings` are the parser's
    findings as JSON.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("To be checked")
        PUBLISHED = "published", _("Checked")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    law = models.ForeignKey(Law, on_delete=models.PROTECT, related_name="editions")
    slug = models.CharField(max_length=40)
    status = models.CharField(_("Status"), max_length=16, choices=Status, default=Status.PUBLISHED)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    effective_to = models.DateField(_("Holds no more from"), null=True, blank=True)
    repealed_by = models.CharField(_("Repealed by"), max_length=300, blank=True)
    issuing_body = models.CharField(_("Issuing body"), max_length=200, blank=True)
    document_number = models.CharField(_("Document number"), max_length=100, blank=True)
    history = models.JSONField(default=list)
    preamble = models.TextField(blank=True)
    headings = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    source_text = models.TextField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=300)
    article_count = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Edition")
        ordering = ["law", "-published_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["law", "slug"], name="edition_slug_once")]
        # Holds all that a search asks of every edition, so that it never reads past their long texts.
        indexes = [
            models.Index(
                fields=[
                    "law",
                    "status",
                    "published_on",
                    "effective_on",
                    "effective_to",
                    "slug",
                    "issuing_body",
                    "document_number",
                ],
                name="edition_at_a_glance",
            )
        ]

    def __str__(self) -> str:
        return f"{self.law} ({self.slug})"

    def get_absolute_url(self) -> str:
        return reverse("library:edition", args=[self.law.slug, self.slug])

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def holds_from(self) -> datetime.date | None:
        """The first day it holds: as the text states, else the day of publication, else unknown."""
        return begins(self.effective_on, self.published_on)


@append_only
class Article(models.Model):
    """One article of an edition. `suffix` is the 之一 of 第十条之一, 0 for none; `text` one paragraph a line."""

    edition = models.ForeignKey(LawEdition, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    suffix = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=40)
    anchor = models.CharField(max_length=40)
    text = models.TextField()
    part = models.TextField(blank=True)
    chapter = models.TextField(blank=True)
    section = models.TextField(blank=True)

    class Meta:
        verbose_name = _("Article")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "anchor"], name="article_anchor_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="article_position_once"),
        ]
        indexes = [models.Index(fields=["edition", "number", "suffix"])]

    def __str__(self) -> str:
        return f"《{self.edition.law}》{self.label}"

    def get_absolute_url(self) -> str:
        return f"{self.edition.get_absolute_url()}#{self.anchor}"
