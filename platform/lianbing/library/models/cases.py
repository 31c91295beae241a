"""The case library (以案示教): what happened, how it was dealt with, what is learnt from it, with no person's data.

A case is written as a draft, looked at by the legal section and frozen on approval. A better text is a new case
that `replaces` it; a case that should no longer be read gets a row of its own that says why.
"""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianbing.kit.append_only import append_only, frozen_once, frozen_with
from lianbing.library.models.cards import Card
from lianbing.library.models.laws import Article


@frozen_once("approved_at")
class CaseStory(models.Model):
    """One case. `basis` holds a citation a line; `writers` are the accounts that wrote it, none of whom approves it.

    `edits` counts the saves, so that nobody approves what they did not see; `returned` says why it came back.
    `search_text` holds its folded words.
    """

    class Kind(models.TextChoices):
        TYPICAL = "typical", _("Typical case")
        MODEL = "model", _("Model case")
        LOST = "lost", _("Case lost in review or in court")
        WARNING = "warning", _("Warning case")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        pgettext_lazy("case", "Kind"), max_length=10, choices=Kind, default=Kind.TYPICAL, db_index=True
    )
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT, db_index=True)
    title = models.CharField(_("Title"), max_length=120)
    dated = models.DateField(pgettext_lazy("case", "Closed on"))
    facts = models.TextField(pgettext_lazy("case", "What happened"))
    outcome = models.TextField(_("How it was dealt with"))
    lesson = models.TextField(_("What is learnt from it"))
    basis = models.TextField(_("Basis"), blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor"
    )
    author_name = models.CharField(max_length=50, blank=True)
    writers = models.JSONField(default=list, blank=True)
    returned = models.CharField(max_length=300, blank=True)
    edits = models.PositiveIntegerField(default=1)
    search_text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approver_name = models.CharField(_("Approved by"), max_length=50, blank=True)
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("library", "Case")
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="case_approved_with_moment",
                condition=models.Q(state="approved", approved_at__isnull=False)
                | (~models.Q(state="approved") & models.Q(approved_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:case", args=[self.uid])


@frozen_with("story", "approved_at")
class CaseCard(models.Model):
    """A card that a case is an example of."""

    story = models.ForeignKey(CaseStory, on_delete=models.CASCADE, related_name="tied_cards")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="tied_cases")

    class Meta:
        verbose_name = _("Card of a case")
        ordering = ["card__code"]
        constraints = [models.UniqueConstraint(fields=["story", "card"], name="case_card_once")]

    def __str__(self) -> str:
        return f"{self.story} = {self.card}"


@frozen_with("story", "approved_at")
class CaseArticle(models.Model):
    """An article, of one edition, that the basis of a case means. Of an approved case rows are added, never changed."""

    story = models.ForeignKey(CaseStory, on_delete=models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Article of a case")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["story", "article"], name="case_article_once")]
        indexes = [models.Index(fields=["article", "story"], name="case_article_stories")]

    def __str__(self) -> str:
        return f"{self.story} = {self.article}"


@frozen_with("story", "approved_at")
class CaseQuestion(models.Model):
    """A question asked at the end of a case, by its key at the source of short checks (`ports.Checks`)."""

    story = models.ForeignKey(CaseStory, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("Question of a case")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["story", "key"], name="case_question_once")]

    def __str__(self) -> str:
        return f"{self.story} ? {self.key}"


@append_only
class CaseWithdrawal(models.Model):
    """A case that is no longer read, with the reason; `replaced` where its successor took its place."""

    story = models.OneToOneField(CaseStory, on_delete=models.PROTECT, related_name="withdrawal")
    replaced = models.BooleanField(default=False)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=50)
    reason = models.CharField(_("Reason"), max_length=200)

    class Meta:
        verbose_name = _("Withdrawal of a case")

    def __str__(self) -> str:
        return f"{self.story}: {self.reason}"
