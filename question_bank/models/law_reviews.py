"""Questions that wait because an article they cite changed, and what a person said about each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once
from question_bank.models.questions import QuestionVersion


@frozen_once("closed_at")
class LawReview(models.Model):
    """One version, one cited article, one coming or going of an edition: opened once, closed once.

    `edition` and `event` name what changed the article (library.LawEvent). Closed as confirmed, the version
    may be drawn again; `successor` is then the article that carries the same point now.
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Still right")
        REVISED = "revised", _("Revised")
        RETIRED = "retired", _("Retired")

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="law_reviews")
    article = models.ForeignKey("library.Article", on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("library.LawEdition", on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    by_name = models.CharField(max_length=50, blank=True)
    successor = models.ForeignKey(
        "library.Article", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("Review after a change of law")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "article", "edition", "event"], name="law_review_once"
            ),
            models.CheckConstraint(
                name="law_review_closed_with_outcome",
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.event} {self.edition}"
