"""Questions and their versions.

A question is a row that moves through states; what it says is in its versions. The newest unfrozen
version is the draft; publishing freezes it for good (the database refuses any change), and the next
revision is a new row. Mutable state therefore lives on `Question`.
"""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianbing.kit.append_only import frozen_once, frozen_with
from question_bank.models.banks import KnowledgePoint, Pool, QuestionBank

KINDS = [
    ("single_choice", _("Single choice")),
    ("multiple_choice", _("Multiple choice")),
    ("indefinite_choice", _("Indefinite choice")),
    ("true_false", _("True or false")),
    ("fill_blank", _("Fill in")),
    ("ordering", _("Ordering")),
    ("short_answer", _("Short answer")),
    ("essay", _("Essay")),
    ("case_analysis", _("Case analysis")),
]
DIFFICULTIES = [
    (1, _("Easy")),
    (2, _("Rather easy")),
    (3, _("Medium")),
    (4, _("Rather hard")),
    (5, _("Hard")),
]


class Question(models.Model):
    """One question through all its versions.

    `published_version` is what papers draw; null = no draw can reach it. `latest` is the newest version.
    `source_digest` is what an import brought in, so that the same file brings nothing twice;
    `fingerprint` tells whether two questions ask the same.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        REVIEWED = "reviewed", _("Reviewed")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="questions")
    state = models.CharField(_("State"), max_length=16, choices=State, default=State.DRAFT)
    pool = models.CharField(_("Pool"), max_length=8, choices=Pool, default=Pool.DRILL)
    latest = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_version = models.ForeignKey(
        "QuestionVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    search_text = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, db_index=True)
    source = models.JSONField(default=dict, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    times_used = models.PositiveIntegerField(_("Times used"), default=0)
    last_used_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Question")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["bank", "state"]),
            models.Index(fields=["bank", "pool", "latest"], name="question_in_pool"),
            models.Index(fields=["bank", "-times_used", "-id"], name="question_most_used"),
            models.Index(fields=["bank", "-changed_at", "-id"], name="question_newest_first"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "source_digest"],
                condition=~models.Q(source_digest=""),
                name="question_imported_once",
            ),
            models.CheckConstraint(
                name="question_published_has_version",
                condition=~models.Q(state="published") | models.Q(published_version__isnull=False),
            ),
            models.CheckConstraint(
                name="question_retired_is_not_drawn",
                condition=~models.Q(state="retired") | models.Q(published_version__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        stem = self.latest.content.get("stem", "") if self.latest else ""
        return stem[:40] or str(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("question_bank:question", args=[self.uid])


@frozen_once("frozen_at")
class QuestionVersion(models.Model):
    """What a question says. Frozen for good once published.

    `content` is `{"stem", "options": [{"id", "text"}]}`, `key` is `{"options": [ids]}`; the ids are random
    for each version. `writers` are the accounts that wrote it, none of whom approves it where the bank
    demands a second person. `edits` counts the saves of a draft, so that nobody approves what they did not see.
    `keyless`: a draft that does not say yet what is right.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Version"))
    kind = models.CharField(_("Kind"), max_length=32, choices=KINDS)
    content = models.JSONField()
    key = models.JSONField()
    explanation = models.TextField(_("Explanation"), blank=True)
    knowledge_point = models.ForeignKey(
        KnowledgePoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("Knowledge point"),
    )
    difficulty = models.PositiveSmallIntegerField(_("Difficulty"), choices=DIFFICULTIES, default=3)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(_("Author"), max_length=50, blank=True)
    writers = models.JSONField(default=list, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewer_name = models.CharField(_("Reviewed by"), max_length=50, blank=True)
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True, blank=True)
    approver_name = models.CharField(_("Approved by"), max_length=50, blank=True)
    edits = models.PositiveIntegerField(default=1)
    keyless = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(_("Published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("Version")
        ordering = ["question", "-number"]
        indexes = [models.Index(fields=["knowledge_point", "kind", "difficulty"], name="version_classes")]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number"),
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(frozen_at=None), name="question_one_draft"
            ),
            models.CheckConstraint(
                name="question_version_difficulty", condition=models.Q(difficulty__range=(1, 5))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content.get('stem', '')[:40]} v{self.number}"


@frozen_with("version", "frozen_at")
class Citation(models.Model):
    """What a version rests on. `text` is kept as written; `article` is the first it names, when it surely resolved.

    All that it means, also what was found after the version was frozen, are its `cited_articles`.
    """

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("Citation"), max_length=300)
    law_title = models.CharField(max_length=200, blank=True)
    article = models.ForeignKey(
        "library.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="citations"
    )

    class Meta:
        verbose_name = _("Citation")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["law_title", "version"], name="citation_by_law")]

    def __str__(self) -> str:
        return self.text
