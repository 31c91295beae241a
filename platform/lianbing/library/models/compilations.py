"""Compilations (法规汇编): a selection of the library under one title, as the texts stood on a day."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.library.models.laws import Article, LawEdition


class Compilation(models.Model):
    """`as_of` is the day whose texts it holds. Only who made it changes it; `shared`: everybody may read it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=100)
    as_of = models.DateField(_("Texts in force on"))
    shared = models.BooleanField(_("Everybody may read it"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    owner_name = models.CharField(_("Composed by"), max_length=50)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Compilation")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:compilation", args=[self.uid])


class CompilationItem(models.Model):
    """A heading of its own, or a law, a chapter of it (`anchor` of the heading) or one article.

    `edition` is pinned when the item is put in: a compilation does not change under its reader.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("Heading")
        LAW = "law", _("Whole law")
        CHAPTER = "chapter", _("Chapter")
        ARTICLE = "article", _("Article")

    compilation = models.ForeignKey(Compilation, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    heading = models.CharField(_("Heading"), max_length=100, blank=True)
    edition = models.ForeignKey(LawEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    anchor = models.CharField(max_length=60, blank=True)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("Item of a compilation")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="compilation_item_is_whole",
                condition=(
                    models.Q(kind="heading", edition=None, article=None) & ~models.Q(heading="")
                    | models.Q(kind="law", edition__isnull=False, article=None)
                    | models.Q(kind="chapter", edition__isnull=False, article=None) & ~models.Q(anchor="")
                    | models.Q(kind="article", edition__isnull=False, article__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return self.heading or str(self.article or self.edition)
