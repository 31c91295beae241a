"""What a citation means: every article it names, and whether something of it is still to be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_with
from question_bank.models.questions import Citation, QuestionVersion


@frozen_with("version", "frozen_at")
class CitedArticle(models.Model):
    """One of the articles a citation means. Of a frozen version rows may be added, never changed or taken.

    `version` is that of the citation, so that the draw asks one table. `whole`: the citation names the law
    and no article; `article` is then the first of the edition it meant and stands for all of it
    (docs/decisions/0015 says what stops such a question).
    """

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="cited_articles")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="cited_articles")
    article = models.ForeignKey("library.Article", on_delete=models.PROTECT, related_name="cited_by")
    whole = models.BooleanField(default=False)
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Cited article")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["citation", "article"], name="cited_article_once")]
        indexes = [
            models.Index(fields=["article", "version"], name="cited_article_versions"),
            models.Index(fields=["article"], condition=models.Q(whole=True), name="cited_law_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.citation} = {self.article}"


class CitationGap(models.Model):
    """Something a citation names was not found in the library yet. The row goes when all of it is."""

    citation = models.OneToOneField(Citation, on_delete=models.CASCADE, related_name="gap")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("Open citation")

    def __str__(self) -> str:
        return str(self.citation)
