"""Banks and knowledge points."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Pool(models.TextChoices):
    """What a question may be used for. One in `EXAM` is reserved: no drill, contest or search reaches it."""

    DRILL = "drill", _("Drill")
    CONTEST = "contest", _("Contest")
    EXAM = "exam", _("Reserved for exams")


class QuestionBank(models.Model):
    """A bank of questions.

    `people_needed` different people stand behind a published question: 1 = its author alone, 2 = somebody
    else approves it, 3 = a second person reviews and a third publishes. `default_pool` is where its new
    questions go.
    """

    PEOPLE: ClassVar = [
        (1, _("The author may publish")),
        (2, _("A second person approves")),
        (3, _("A second person reviews, a third publishes")),
    ]

    slug = models.SlugField(_("Short name"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("Name"), max_length=100)
    people_needed = models.PositiveSmallIntegerField(_("Review rule"), choices=PEOPLE, default=1)
    default_pool = models.CharField(
        _("New questions are for"), max_length=8, choices=Pool, default=Pool.DRILL
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Question bank")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(name="bank_people_needed", condition=models.Q(people_needed__range=(1, 3)))
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("question_bank:bank", args=[self.slug])


class StandingPoints(models.Manager["KnowledgePoint"]):
    """The points that stand by themselves; those merged into another only keep their frozen versions."""

    def get_queryset(self) -> models.QuerySet["KnowledgePoint"]:
        return super().get_queryset().filter(merged_into=None)


class KnowledgePoint(models.Model):
    """What a question is about. Its name is its path in the tree ("执法程序/听证"; see `rules.points`).

    `cites_none`: a category that by its nature cites no law (dealing with the press, language ...); the
    questions of every other point must cite an article. A point `merged_into` another bears that one's
    name and is it to every reader; the row stays, because frozen versions point at it.
    """

    name = models.CharField(_("Name"), max_length=100, db_index=True)
    cites_none = models.BooleanField(_("Cites no law by its nature"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )

    objects = StandingPoints()
    with_merged = models.Manager["KnowledgePoint"]()

    class Meta:
        verbose_name = _("Knowledge point")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(merged_into=None), name="knowledge_point_name"
            )
        ]

    def __str__(self) -> str:
        return self.name
