"""The public prize quiz (有奖答题): what is asked of whom. Guests and their attempts are in `quiz_guests`."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.contests.models.campaigns import Campaign
from lianbing.kit.append_only import append_only, frozen_once, frozen_with
from lianbing.people.models import Unit
from question_bank.models import KnowledgePoint, QuestionBank


@frozen_once("published_at")
class Quiz(models.Model):
    """A quiz for anybody with a phone. The database refuses any change once it is published.

    `seed` (64 hex digits, secret until the draw) and its SHA-256 `commitment` are made when it is published.
    `certificate_at` and `draw_from` are percent right; none = no certificate, no draw. `target` is the
    share of a community's people that should take part, in percent.
    """

    class Reveal(models.TextChoices):
        HANDED_IN = "handed_in", _("After handing in")
        CLOSED = "closed", _("After the quiz has closed")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("Title"), max_length=60)
    intro = models.TextField(_("What it is about"), max_length=1000, blank=True)
    organiser = models.CharField(_("Organiser, as the public reads it"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("Organising unit")
    )
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quizzes",
        verbose_name=_("Campaign"),
    )
    bank = models.ForeignKey(
        QuestionBank, on_delete=models.PROTECT, related_name="+", verbose_name=_("Question bank")
    )
    uses_drill_pool = models.BooleanField(_("Also ask questions that are open to drills"), default=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))
    attempts = models.PositiveSmallIntegerField(_("Attempts for each person"), default=3)
    minutes = models.PositiveSmallIntegerField(_("Minutes for an attempt"), default=15)
    certificate_at = models.PositiveSmallIntegerField(
        _("Certificate from this score on"), null=True, blank=True, default=90
    )
    reveal = models.CharField(
        _("Answers and explanations are shown"), max_length=10, choices=Reveal, default=Reveal.HANDED_IN
    )
    codes_only = models.BooleanField(_("Only with a code that I give out"), default=False)
    target = models.PositiveSmallIntegerField(_("Share that should take part"), default=20)
    draw_from = models.PositiveSmallIntegerField(
        _("In the prize draw from this score on"), null=True, blank=True, default=60
    )
    asks_contact = models.BooleanField(_("Ask winners how to reach them"), default=False)
    answer_days = models.PositiveSmallIntegerField(_("Days winners have to answer"), default=7)
    contact_days = models.PositiveSmallIntegerField(_("Days after which contacts are deleted"), default=30)
    seed = models.CharField(max_length=64, blank=True, editable=False)
    commitment = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    by_name = models.CharField(max_length=50)

    class Meta:
        verbose_name = _("Prize quiz")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="quiz_window_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(attempts__gte=1, minutes__gte=1), name="quiz_can_be_taken"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | ~models.Q(commitment=""), name="quiz_is_committed"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@frozen_with("quiz", "published_at")
class QuizLine(models.Model):
    """So many questions on a knowledge point and below it (none = on anything)."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="lines")
    point = models.ForeignKey(
        KnowledgePoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=1), name="quiz_line_counts"),
            models.UniqueConstraint(fields=["quiz", "point"], name="quiz_line_once"),
            models.UniqueConstraint(
                fields=["quiz"], condition=models.Q(point=None), name="quiz_line_on_anything_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} x {self.count}"


@frozen_with("quiz", "published_at")
class QuizGroup(models.Model):
    """A community or a unit that takes part, and how many people it has (0 = not known)."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="groups")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["quiz", "code"], name="quiz_group_once")]

    def __str__(self) -> str:
        return self.name


@frozen_with("quiz", "published_at")
class QuizPrize(models.Model):
    """A prize and how many of it there are, the highest first."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="prizes")
    name = models.CharField(max_length=40)
    count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=1), name="quiz_prize_counts"),
            models.UniqueConstraint(fields=["quiz", "name"], name="quiz_prize_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} x {self.count}"


@append_only
class QuizStop(models.Model):
    """A published quiz called off, for everybody to read why."""

    quiz = models.OneToOneField(Quiz, on_delete=models.PROTECT, related_name="stop")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=50)

    def __str__(self) -> str:
        return self.reason
