"""Banks and knowledge points."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class QuestionBank(models.Model):
    """A bank of questions. `needs_second_person`: nobody publishes what they wrote themselves."""

    slug = models.SlugField(_("Short name"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("Name"), max_length=100)
    needs_second_person = models.BooleanField(_("A second person approves"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Question bank")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("question_bank:bank", args=[self.slug])


class KnowledgePoint(models.Model):
    """What a question is about. `needs_citation`: its questions must name an article of a law."""

    name = models.CharField(_("Name"), max_length=100, unique=True)
    needs_citation = models.BooleanField(_("Needs a citation"), default=False)

    class Meta:
        verbose_name = _("Knowledge point")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
