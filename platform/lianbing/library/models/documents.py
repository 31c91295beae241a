"""Documents without articles: discipline rules, circulars, notices, films.

Written at /cms/ like the handbook, served by views at /library/documents/. A repeal is a fact about the
document and no part of its text: it is set by `services.repealing` and survives every revision.
"""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from lianbing.library.blocks import DocumentBlocks
from lianbing.library.models.handbook import _Served


class DocumentIndexPage(_Served, Page):
    """The root of the documents."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["library.LibraryDocument"]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("Documents")

    def get_absolute_url(self) -> str:
        return reverse("library:documents")


class DocumentTag(TaggedItemBase):
    """A tag on a document."""

    content_object = ParentalKey("library.LibraryDocument", on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        verbose_name = _("Tag of a document")


class LibraryDocument(_Served, Page):
    """One document. `valid_until` is the last day of a validity stated in the text itself.

    `effective_to` (the first day it holds no more) and `repealed_by` are set by a repeal alone.
    """

    class Category(models.TextChoices):
        DISCIPLINE = "discipline", _("Discipline rule")
        CIRCULAR = "circular", _("Circular")
        NOTICE = "notice", _("Notice")
        METHOD = "method", _("Methods and requirements")
        FILM = "film", _("Film")
        TEXT = "text", _("Text without articles")

    category = models.CharField(
        pgettext_lazy("document", "Category"),
        max_length=12,
        choices=Category,
        default=Category.CIRCULAR,
        db_index=True,
    )
    issuing_body = models.CharField(_("Issuing body"), max_length=200, blank=True)
    document_number = models.CharField(_("Document number"), max_length=100, blank=True)
    dated = models.DateField(_("Dated"), null=True, blank=True, db_index=True)
    effective_on = models.DateField(_("Holds from"), null=True, blank=True)
    valid_until = models.DateField(
        _("Holds until"),
        null=True,
        blank=True,
        help_text=_("The last day, if the document itself names one."),
    )
    superseded_by = models.ForeignKey(
        "self",
        verbose_name=_("Superseded by"),
        on_delete=models.SET_NULL,
        related_name="supersedes",
        null=True,
        blank=True,
    )
    effective_to = models.DateField(_("Holds no more from"), null=True, blank=True, editable=False)
    repealed_by = models.CharField(_("Repealed by"), max_length=300, blank=True, editable=False)
    summary = models.CharField(_("Summary"), max_length=200, blank=True)
    body = StreamField(DocumentBlocks(), verbose_name=_("Text"), blank=True)
    file = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("File to download"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("The original as PDF or Word."),
    )
    film = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("Film"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("An .mp4 file. It is played from this server alone."),
    )
    tags = ClusterTaggableManager(through=DocumentTag, blank=True, verbose_name=_("Tags"))

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("category"), FieldPanel("dated")]),
        FieldRowPanel([FieldPanel("issuing_body"), FieldPanel("document_number")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("file"), FieldPanel("film")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("effective_on"), FieldPanel("valid_until")]),
                FieldPanel("superseded_by"),
            ],
            heading=_("Validity"),
        ),
        FieldPanel("tags"),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.DocumentIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Document")
        verbose_name_plural = _("Documents")

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.slug])

    def with_content_json(self, content: dict[str, Any]) -> "LibraryDocument":
        """A repeal is a fact about the document, not about one revision of its text: it is read where it stands."""
        document: LibraryDocument = super().with_content_json(content)
        facts = LibraryDocument.objects.filter(pk=self.pk).values_list("effective_to", "repealed_by")
        document.effective_to, document.repealed_by = facts.first() or (None, "")
        return document
